using System.CommandLine;
using MaoApi.Auth;
using MaoApi.Commands.Local;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;
using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Commands.Verbs;

/// <summary>Users of the gateway.</summary>
internal static class UserVerb
{
    private static readonly Argument<string> UserId = new("user") { Description = "name the user logs in with" };
    private static readonly Option<string?> Name = new("--name") { Description = "name shown; default the user's id" };
    private static readonly Option<string?> Email = new("--email") { Description = "address; default USER@localhost" };
    private static readonly Option<bool> Admin = new("--admin") { Description = "may administer everything" };
    private static readonly Option<bool> Generate = new("--generate") { Description = "makes a password and prints it, instead of reading one" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("user", "Lists, adds and locks out users, sets passwords", "user list", "user add anna --email anna@example.org");
        verb.Subcommands.Add(Named(new Verb(
                "add", "Adds a user; the password is read from the terminal or standard input",
                "user add anna --email anna@example.org --name \"Anna B.\"",
                "user add anna --generate")
            .With([.. CommonOptions.OfRest, Name, Email, Admin, Generate]).Do(console, AddAsync)));
        verb.Subcommands.Add(new Verb("list", "All users", "user list", "user list --json").With(CommonOptions.OfRest).Do(console, ListAsync));
        verb.Subcommands.Add(Named(new Verb(
                "password",
                "Sets a user's password in the data folder of this machine, releases a lock and ends all sessions; needs no gateway",
                "user password anna --generate",
                "user password admin --data-dir /var/lib/mao < password.txt")
            .With([.. CommonOptions.OfFolder, Generate]).Do(console, SetPasswordAsync)));
        verb.Subcommands.Add(Named(new Verb("disable", "Locks a user out; tokens stop within ten seconds", "user disable anna")
            .With(CommonOptions.OfRest).Do(console, DisableAsync)));
        return verb;
    }

    private static Verb Named(Verb verb)
    {
        verb.Arguments.Add(UserId);
        return verb;
    }

    private static async Task AddAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var userId = run.Get(UserId);
        var generated = run.Get(Generate) ? Passwords.Generate() : null;
        var password = generated ?? NewPassword.Ask(run.Console, userId);
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await api.PostAsync(
            "/admin/users/create",
            new { userId, displayName = run.Get(Name) ?? userId, email = run.Get(Email) ?? $"{userId}@localhost", admin = run.Get(Admin), password },
            cancellationToken);
        run.Show(data, user => JsonCells.SheetOf(user, "userId", "displayName", "email", "admin"));
        NewPassword.Tell(run, generated);
    }

    private static async Task ListAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await ApiPages.AllAsync(api, "/admin/users/list", null, cancellationToken);
        run.Show(data, users => JsonCells.TableOf(users.GetProperty("items"), "userId", "displayName", "email", "admin", "status", "validUntil"));
    }

    private static async Task DisableAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var userId = run.Get(UserId);
        var user = await api.PostAsync("/admin/users/get", new { userId }, cancellationToken);
        var data = await api.PostAsync(
            "/admin/users/update", new { userId, version = user.GetProperty("version").GetInt64(), status = (int)Data.Entities.UserStatus.Blocked }, cancellationToken);
        run.Show(data, updated => JsonCells.SheetOf(updated, "userId", "status"));
    }

    private static async Task SetPasswordAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var userId = run.Get(UserId);
        await using var local = await run.OpenFolderAsync(cancellationToken);
        await using var context = await local.Get<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        var user = await context.Users.SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken)
            ?? throw new CommandException(CommandExit.Refused, $"user: there is no {userId}");
        var generated = run.Get(Generate) ? Passwords.Generate() : null;
        var hash = local.Get<Passwords>().Hash(generated ?? NewPassword.Ask(run.Console, userId));
        var credential = await context.Credentials.SingleOrDefaultAsync(row => row.UserKey == user.Id, cancellationToken);
        if (credential is null)
        {
            credential = new Data.Entities.Credential { User = user, Hash = hash };
            context.Add(credential);
        }

        credential.Hash = hash;
        credential.Failed = 0;
        credential.LockedUntil = null;
        user.TokensFrom = run.Console.Time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        await context.Sessions.Where(row => row.UserKey == user.Id).ExecuteDeleteAsync(cancellationToken);
        run.Show(CommandJson.Of(new { userId }), data => JsonCells.SheetOf(data, "userId"));
        NewPassword.Tell(run, generated);
    }
}
