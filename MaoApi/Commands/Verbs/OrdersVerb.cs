using System.CommandLine;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>The orders of an account.</summary>
internal static class OrdersVerb
{
    private static readonly Option<string?> From = new("--from") { Description = "first moment, ISO-8601" };
    private static readonly Option<string?> To = new("--to") { Description = "moment before which, ISO-8601" };
    private static readonly Option<string?> Cursor = new("--cursor") { Description = "where the page before ended" };
    private static readonly Option<int?> Limit = new("--limit") { Description = "orders of a page, 1 to 200, default 50" };

    public static Verb Create(CommandConsole console) =>
        new Verb(
                "orders",
                "Orders of an account, oldest first, page by page",
                "orders --account demo1",
                "orders --account demo1 --from 2026-11-21 --limit 200 --json")
            .With([.. CommonOptions.OfRest, From, To, Cursor, Limit])
            .Do(console, RunAsync);

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var path = ApiPath.Of(
            "/clientmt/orders",
            ("accountId", run.Account), ("from", run.Get(From)), ("to", run.Get(To)), ("cursor", run.Get(Cursor)), ("limit", run.Get(Limit)?.ToString()));
        var data = await api.GetAsync(path, cancellationToken);
        run.Show(data, orders => JsonCells.TableOf(
            orders.GetProperty("orders"),
            "orderId", "created", "epic", "action", "opType", "orderType", "qty", "filled", "avgFillPrice", "execState", "pnl", "errorMessage"));
        if (data.Cell("cursor") is { Length: > 0 } cursor)
        {
            run.Note($"more: --cursor {cursor}");
        }
    }
}
