using System.CommandLine;
using MaoApi.Auth.Services;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;
using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Commands.Verbs;

/// <summary>Tokens of users and keys of services.</summary>
internal static class TokenVerb
{
    private static readonly Argument<string> TokenName = new("name") { Description = "what it is for, in your words" };
    private static readonly Argument<string> Scope = new("scope") { Description = "srv, monitor or engine:ACCOUNT" };
    private static readonly Option<bool> Trade = new("--trade") { Description = "may trade; else it only reads" };
    private static readonly Option<int> Days = new("--days") { Description = "days until it ends, 1 to 365", DefaultValueFactory = _ => 90 };
    private static readonly Option<string?> Description = new("--descr") { Description = "what it is for" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("token", "Makes tokens for users and keys for services", "token user script", "token service monitor");
        var user = new Verb(
                "user", "A personal access token of the user who is logged in; told this once",
                "token user script",
                "token user robot --trade --days 30 --json")
            .With([.. CommonOptions.OfRest, Trade, Days]).Do(console, UserAsync);
        user.Arguments.Add(TokenName);
        verb.Subcommands.Add(user);
        var service = new Verb(
                "service", "A key services sign with, made in the data folder of this machine; its secret is told this once",
                "token service monitor --descr nagios",
                "token service engine:demo1 --json")
            .With([.. CommonOptions.OfFolder, Description]).Do(console, ServiceAsync);
        service.Arguments.Add(Scope);
        verb.Subcommands.Add(service);
        return verb;
    }

    private static async Task UserAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Trader, cancellationToken);
        var data = await api.PostAsync(
            "/auth/tokens", new { name = run.Get(TokenName), scope = run.Get(Trade) ? "trade" : "read", days = run.Get(Days) }, cancellationToken);
        run.Show(data, token => JsonCells.SheetOf(token, "tokenId", "token", "scope", "expires"));
    }

    private static async Task ServiceAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var scope = run.Get(Scope);
        await using var local = await run.OpenFolderAsync(cancellationToken);
        await using var context = await local.Get<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var accountId = ServiceScopes.AccountOf(scope);
        if (accountId is null
            ? scope is not (ServiceScopes.Services or ServiceScopes.Monitor)
            : !await context.Accounts.AnyAsync(account => account.AccountId == accountId, cancellationToken))
        {
            throw new CommandException(CommandExit.Usage, $"scope: srv, monitor or engine:ACCOUNT of an account there is, not '{scope}' (invalid)");
        }

        var key = ServiceKeys.Generate();
        local.Get<ServiceKeys>().Add(context, key, scope, run.Get(Description) ?? "made by hand");
        await context.SaveChangesAsync(cancellationToken);
        run.Show(
            CommandJson.Of(new { keyId = key.KeyId, secret = key.Secret, scope }), data => JsonCells.SheetOf(data, "keyId", "secret", "scope"));
    }
}
