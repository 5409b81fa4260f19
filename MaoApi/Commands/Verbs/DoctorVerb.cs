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
        await using var local = LocalServices.Of(run, folder);
        if (Directory.Exists(folder.Keys))
        {
            findings.Add(FolderLook.Disk(folder));
            findings.Add(FolderLook.Clock(folder, run.Console.Time));
            findings.Add(FolderLook.Keys(local.Get<KeyRing>(), run.Console.Time.GetUtcNow()));
        }

        var home = await ServiceLook.DatabaseAsync<MaoHomeContext>(local, "maohome", DatabaseName.MaoHome, cancellationToken);
        findings.Add(home);
        findings.Add(await ServiceLook.DatabaseAsync<MaoDataContext>(local, "maodata", DatabaseName.MaoData, cancellationToken));
        findings.AddRange(await ServiceLook.SharedStoreAsync(options.Shared, local));
        findings.Add(await ServiceLook.GatewayAsync(run, options, cancellationToken));
        if (home.Status == Finding.Ok)
        {
            findings.AddRange(await ServiceLook.EnginesAsync(run, local, cancellationToken));
        }
    }
}
