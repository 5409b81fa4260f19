using System.CommandLine;
using MaoApi.Auth;
using MaoApi.Commands.Local;
using MaoApi.Commands.Output;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Commands.Verbs;

/// <summary>A data folder to begin with.</summary>
internal static class InitVerb
{
    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "no demo users, accounts and paper market; then --admin-user is needed" };
    private static readonly Option<string?> AdminUser = new("--admin-user") { Description = "makes this administrator; the password is read or generated" };
    private static readonly Option<bool> Generate = new("--generate") { Description = "generates the administrator's password and prints it" };

    public static Verb Create(CommandConsole console) =>
        new Verb(
                "init",
                "Makes the data folder, its keys and its databases, as the first start would; does nothing to what is there",
                "init",
                "init --data-dir /var/lib/mao --no-demo --admin-user root --generate")
            .With([.. CommonOptions.OfFolder, NoDemo, AdminUser, Generate])
            .Do(console, RunAsync);

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        if (run.Get(NoDemo) && run.Get(AdminUser) is null)
        {
            throw new CommandException(CommandExit.Usage, "--admin-user: is needed with --no-demo, somebody must be able to log in (required)");
        }

        try
        {
            using var folder = DataFolder.Open(run.DataDir);
            await using var local = LocalServices.Of(run, folder);
            await local.Get<DatabaseMigrator>().MigrateAsync(cancellationToken);
            if (!run.Get(NoDemo))
            {
                await local.Get<FirstRun>().EnsureAsync(cancellationToken);
            }

            if (run.Get(AdminUser) is { } userId)
            {
                await AddAdministratorAsync(run, local, userId, cancellationToken);
            }

            var firstRun = File.Exists(folder.FirstRun) ? folder.FirstRun : null;
            run.Show(
                CommandJson.Of(new { dataDir = folder.Root, firstRun }),
                data => JsonCells.SheetOf(data, "dataDir", "firstRun"));
        }
        catch (DataFolderLockedException locked)
        {
            throw new CommandException(CommandExit.Refused, locked.Message);
        }
    }

    private static async Task AddAdministratorAsync(CommandRun run, LocalServices local, string userId, CancellationToken cancellationToken)
    {
        await using var context = await local.Get<IDbContextFactory<MaoHomeContext>>().CreateDbContextAsync(cancellationToken);
        if (await context.Users.AnyAsync(user => user.UserId == userId, cancellationToken))
        {
            return;
        }

        var generated = run.Get(Generate) ? Passwords.Generate() : null;
        context.Add(new Credential
        {
            User = new User { UserId = userId, DisplayName = userId, Email = $"{userId}@localhost", Status = UserStatus.Active, IsAdmin = true },
            Hash = local.Get<Passwords>().Hash(generated ?? NewPassword.Ask(run.Console, userId)),
        });
        await context.SaveChangesAsync(cancellationToken);
        NewPassword.Tell(run, generated);
    }
}
