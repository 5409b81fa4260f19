using System.CommandLine;
using System.Text.Json;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Verbs;

/// <summary>Trading accounts and who may do what with them.</summary>
internal static class AccountVerb
{
    private const string NoRole = "none";

    private static readonly Argument<string> AccountId = new("account") { Description = "[a-z0-9_]{1,40}" };
    private static readonly Argument<string> UserId = new("user") { Description = "name the user logs in with" };
    private static readonly Argument<string> Role = new Argument<string>("role") { Description = "owner, viewer, admin, or none" }
        .AcceptOnlyFromAmong("owner", "viewer", "admin", NoRole);

    private static readonly Option<string?> Owner = new("--user") { Description = "user the account belongs to", Required = true };
    private static readonly Option<string?> Broker = new("--broker") { Description = "code of the broker, default paper" };
    private static readonly Option<string?> Description = new("--descr") { Description = "what it is called" };
    private static readonly Option<string?> AccountData = new("--account-data")
    {
        Description = "file with what the broker asks for, JSON; - reads it from standard input. It is stored encrypted and never shown",
    };

    private static readonly Option<bool> Demo = new("--demo") { Description = "no real money" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("account", "Lists, adds and shows accounts, gives roles", "account list", "account role demo1 anna viewer");
        verb.Subcommands.Add(With(new Verb(
                "add", "Adds an account and makes its user the owner",
                "account add live1 --user anna --broker ig --descr \"Anna's\" --account-data ig.json",
                "account add demo3 --user demo --demo")
            .With([.. CommonOptions.OfRest, Owner, Broker, Description, AccountData, Demo]).Do(console, AddAsync), AccountId));
        verb.Subcommands.Add(new Verb("list", "All accounts", "account list", "account list --json").With(CommonOptions.OfRest).Do(console, ListAsync));
        verb.Subcommands.Add(With(new Verb("show", "One account, without its secrets", "account show demo1")
            .With(CommonOptions.OfRest).Do(console, ShowAsync), AccountId));
        verb.Subcommands.Add(With(new Verb(
                "role", "Gives a user a role on an account, or takes it away",
                "account role demo1 anna viewer",
                "account role demo1 anna none")
            .With(CommonOptions.OfRest).Do(console, RoleAsync), AccountId, UserId, Role));
        return verb;
    }

    private static Verb With(Verb verb, params IReadOnlyList<Argument> arguments)
    {
        foreach (var argument in arguments)
        {
            verb.Arguments.Add(argument);
        }

        return verb;
    }

    private static async Task AddAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var accountId = run.Get(AccountId);
        var secret = await ReadAccountDataAsync(run, cancellationToken);
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await api.PostAsync(
            "/admin/accounts/create",
            new
            {
                accountId,
                descr = run.Get(Description) ?? accountId,
                userId = run.Get(Owner),
                brokerCode = run.Get(Broker) ?? "paper",
                demo = run.Get(Demo),
                active = true,
                accountData = secret,
            },
            cancellationToken);
        run.Show(data, Sheet);
    }

    private static async Task ListAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await ApiPages.AllAsync(api, "/admin/accounts/list", null, cancellationToken);
        run.Show(data, accounts => JsonCells.TableOf(
            accounts.GetProperty("items"), "accountId", "descr", "userId", "brokerCode", "demo", "active", "host", "port", "version"));
    }

    private static async Task ShowAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        run.Show(await api.PostAsync("/admin/accounts/get", new { accountId = run.Get(AccountId) }, cancellationToken), Sheet);
    }

    private static async Task RoleAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var accountId = run.Get(AccountId);
        var userId = run.Get(UserId);
        var role = run.Get(Role);
        var roles = await api.PostAsync("/admin/roles/list", new { filter = new { accountId, userId } }, cancellationToken);
        var present = roles.GetProperty("items").EnumerateArray().FirstOrDefault();
        var version = present.ValueKind == JsonValueKind.Object ? present.GetProperty("version").GetInt64() : (long?)null;
        if (role == NoRole)
        {
            if (version is null)
            {
                throw new CommandException(CommandExit.Refused, $"refused: {userId} has no role on {accountId} (code 20)");
            }

            run.Show(
                await api.PostAsync("/admin/roles/delete", new { accountId, userId, version }, cancellationToken),
                _ => new CommandTable("accountId", "userId", "role").Add(accountId, userId, ""));
            return;
        }

        var data = version is null
            ? await api.PostAsync("/admin/roles/create", new { accountId, userId, role }, cancellationToken)
            : await api.PostAsync("/admin/roles/update", new { accountId, userId, role, version }, cancellationToken);
        run.Show(data, given => JsonCells.SheetOf(given, "accountId", "userId", "role", "version"));
    }

    private static async Task<JsonElement?> ReadAccountDataAsync(CommandRun run, CancellationToken cancellationToken)
    {
        if (run.Get(AccountData) is not { } path)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(
                path == "-" ? await run.Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            // What stands there is secret: not a word of it is repeated.
            throw new CommandException(
                CommandExit.Usage, fault is JsonException ? $"--account-data: {path} is not JSON (malformed)" : $"--account-data: {fault.Message}");
        }
    }

    private static CommandTable Sheet(JsonElement account) => JsonCells.SheetOf(
        account, "accountId", "descr", "userId", "brokerCode", "demo", "active", "host", "port", "hasAccountData", "config", "version");
}
