using System.CommandLine;
using MaoApi.Backups;
using MaoApi.Commands.Output;
using MaoApi.Data;
using MaoApi.Hosting;

namespace MaoApi.Commands.Verbs;

/// <summary>A data folder as one file, and back.</summary>
internal static class BackupVerb
{
    private static readonly Option<string> Out = new("--out") { Description = "file to make; one that is there is not overwritten", Required = true };
    private static readonly Option<bool> WithLogStore = new("--with-log-store") { Description = "the searchable log store too; daily log files always are" };
    private static readonly Option<bool> StartEngines = new("--start-engines") { Description = "engines start as they were meant to: only where nothing traded since the back-up" };
    private static readonly Argument<string> Archive = new("file") { Description = "the back-up" };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("backup", "A data folder as one file, and back", "backup make --out mao-monday.zip", "backup restore mao-monday.zip --data-dir /var/lib/mao");
        verb.Subcommands.Add(new Verb(
                "make",
                "Copies the data folder, each database as it stands at one moment; gateway and engines may run. The file holds keys and secrets",
                "backup make --out /backup/mao-monday.zip --data-dir /var/lib/mao")
            .With([.. CommonOptions.OfFolder, Out, WithLogStore])
            .Do(console, Make));
        verb.Subcommands.Add(new Verb(
                "check",
                "Reads a whole back-up and compares every file with its digest",
                "backup check /backup/mao-monday.zip")
            .With(CommonOptions.Json)
            .Do(console, Check)
            .Taking(Archive));
        verb.Subcommands.Add(new Verb(
                "restore",
                "Puts a back-up into a folder that holds none of its files; each engine waits there until it is started",
                "backup restore /backup/mao-monday.zip --data-dir /var/lib/mao",
                "backup restore /backup/moving.zip --data-dir /var/lib/mao --start-engines")
            .With([.. CommonOptions.OfFolder, StartEngines])
            .Do(console, Restore)
            .Taking(Archive));
        return verb;
    }

    private static Task Make(CommandRun run, CancellationToken cancellationToken) => Act(run, () =>
    {
        foreach (var elsewhere in Elsewhere(run.Console))
        {
            run.Note(elsewhere);
        }

        using var progress = new CommandProgress(run.Console, "keeping");
        return new BackupWriter(run.Console.Time).Make(
            Path.GetFullPath(run.DataDir), Path.GetFullPath(run.Get(Out)!), run.Get(WithLogStore), progress.Show, cancellationToken);
    });

    private static Task Check(CommandRun run, CancellationToken cancellationToken) => Act(run, () =>
    {
        using var progress = new CommandProgress(run.Console, "reading");
        using var backup = BackupReader.Open(run.Get(Archive));
        backup.Check(progress.Show, cancellationToken);
        return backup.Manifest;
    });

    private static Task Restore(CommandRun run, CancellationToken cancellationToken) => Act(run, () =>
    {
        using var progress = new CommandProgress(run.Console, "putting back");
        using var backup = BackupReader.Open(run.Get(Archive));
        using var folder = DataFolder.Open(run.DataDir);
        backup.Restore(folder, run.Get(StartEngines), progress.Show, cancellationToken);
        return backup.Manifest;
    });

    /// <summary>What the folder needs and does not hold.</summary>
    private static IEnumerable<string> Elsewhere(CommandConsole console)
    {
        foreach (var variable in (string[])["MAO_KEYS", "MAO_KEYS_DIR"])
        {
            if (console.Environment(variable) is { Length: > 0 })
            {
                yield return $"{variable}: keys lie elsewhere, and without them what is encrypted cannot be read; keep them too";
            }
        }

        var options = CommandLine.ReadEnvironment(console.Environment, out _);
        if (options.Database is { Provider: not DatabaseProviders.Sqlite } database)
        {
            yield return $"databases on {database} are not in the back-up: mysqldump keeps them";
        }

        if (options.Pods.Database is { IsServer: true } accounts)
        {
            yield return $"accounts (mt_…) on {accounts.Host}:{accounts.Port} are not in the back-up: mysqldump keeps them";
        }
    }

    private static Task Act(CommandRun run, Func<BackupManifest> work)
    {
        try
        {
            var manifest = work();
            run.Show(
                CommandJson.Of(new { madeAt = manifest.MadeAt, version = manifest.Version, files = manifest.Files.Count, bytes = manifest.Bytes }),
                data => JsonCells.SheetOf(data, "madeAt", "version", "files", "bytes"));
            return Task.CompletedTask;
        }
        catch (Exception fault) when (fault is BackupException or IOException or UnauthorizedAccessException or DataFolderLockedException)
        {
            throw new CommandException(CommandExit.Refused, $"backup: {fault.Message}");
        }
    }
}
