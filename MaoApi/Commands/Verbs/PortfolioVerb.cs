using System.Text.Json;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>Positions and money.</summary>
internal static class PortfolioVerb
{
    public static Verb Create(CommandConsole console) =>
        new Verb(
                "portfolio",
                "Positions and money of one account, or of all that are open to you",
                "portfolio",
                "portfolio --account demo1 --json")
            .With(CommonOptions.OfRest)
            .Do(console, RunAsync);

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var data = await api.GetAsync(ApiPath.Of("/clientmt/portfolio", ("accountId", run.Account)), cancellationToken);
        run.Show(data, Table);
    }

    private static CommandTable Table(JsonElement data)
    {
        var table = new CommandTable("account", "epic", "qty", "avgPrice", "lastPrice", "pnl", "system", "currency", "equity", "state");
        foreach (var account in data.GetProperty("accounts").EnumerateArray())
        {
            var portfolio = account.GetProperty("portfolio");
            var state = account.Cell("code") != "0" ? account.Cell("message") : portfolio.Cell("blocked") == "yes" ? "blocked" : "";
            table.Add(
                account.Cell("accountId"), "", "", "", "", portfolio.Cell("account.pnl"), "", portfolio.Cell("account.currency"),
                portfolio.Cell("account.equity"), state);
            if (portfolio.ValueKind == JsonValueKind.Object && portfolio.TryGetProperty("positions", out var positions))
            {
                foreach (var position in positions.EnumerateArray())
                {
                    table.Add(
                        account.Cell("accountId"), position.Cell("epic"), position.Cell("qty"), position.Cell("avgPrice"),
                        position.Cell("lastPrice"), position.Cell("pnl"), position.Cell("system"));
                }
            }
        }

        return table;
    }
}
