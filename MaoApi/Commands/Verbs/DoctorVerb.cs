using MaoApi.Commands.Doctor;
using MaoApi.Commands.Local;
using MaoApi.Commands.Output;
using MaoApi.Data;
using MaoApi.Hosting;
using MaoApi.Secrets;

namespace MaoApi.Commands.Verbs;

/// <summary>A look at everything an installation needs.</summary>
internal static class DoctorVerb
{
    public static Verb Create(CommandConsole console) =>
        new Verb(
                "doctor",
                "Looks at settings, folders and permissions, age of the keys, databases, port, engines and clock of this machine; exit code 1 where something failed",
                "doctor",
                "doctor --data-dir /var/lib/mao --json")
            .With([.. CommonOptions.OfFolder, CommonOptions.Url])
            .Do(console, RunAsync);

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var options = MaoApi.Hosting.CommandLine.ReadEnvironment(run.Console.Environment, out var faults);
        var findings = new List<Finding> { FolderLook.Settings(faults) };
        if (faults.Count == 0)
        {
            await LookAsync(run, options, findings, cancellationToken);
        }

        var checks = findings.Select(finding => new { name = finding.Name, status = finding.Status, message = finding.Message });
        run.Show(CommandJson.Of(new { checks }), data => JsonCells.TableOf(data.GetProperty("checks"), "name", "status", "message"));
        return findings.Exists(finding => finding.Status == Finding.Failed) ? CommandExit.Refused : CommandExit.Ok;
    }

    private static async Task LookAsync(CommandRun run, GatewayOptions options, List<Finding> findings, CancellationToken cancellationToken)
    {
        var folder = DataFolder.Beside(run.DataDir);
        findings.AddRange(FolderLook.Permissions(folder));
        if (!File.Exists(folder.Database))
        {
            findings.Add(Finding.Bad("maohome", $"{folder.Database} is missing: mao init makes it"));
            return;
        }

        await using var local = LocalServices.Open(run);
        findings.Add(FolderLook.Disk(folder));
        findings.Add(FolderLook.Clock(folder, run.Console.Time));
        findings.Add(FolderLook.Keys(local.Get<KeyRing>(), run.Console.Time.GetUtcNow()));
        findings.Add(await ServiceLook.DatabaseAsync<MaoHomeContext>(local, "maohome", cancellationToken));
        findings.Add(await ServiceLook.DatabaseAsync<MaoDataContext>(local, "maodata", cancellationToken));
        findings.Add(await ServiceLook.GatewayAsync(run, options, cancellationToken));
        findings.AddRange(await ServiceLook.EnginesAsync(run, local, cancellationToken));
    }
}
