using MaoApi.Data.Entities;
using MaoApi.Hosting;

namespace MaoApi.Pods;

/// <summary>An engine's pod as administrators see it.</summary>
internal sealed record PodView(
    string AccountId,
    string? PodId,
    string Name,
    string Driver,
    string OpMode,
    string? OpRequest,
    string State,
    int? ExitCode,
    DateTimeOffset? StartedAt,
    int Restarts,
    double? CpuPercent,
    long? MemoryBytes)
{
    /// <summary>Puts together what the table, the driver and the folder say of one pod.</summary>
    /// <param name="pod">The row, with its account.</param>
    /// <param name="driver">What runs it, and knows what it uses.</param>
    /// <param name="folder">Where the process that runs is written down.</param>
    public static PodView Of(Pod pod, IPodDriver driver, DataFolder folder)
    {
        var accountId = pod.Account!.AccountId;
        var record = pod.PodId is null ? null : PodRecord.Read(Path.Combine(folder.Account(accountId), PodRecord.FileName));
        var usage = record is null ? null : driver.Measure(record.Process);
        return new PodView(
            accountId,
            pod.PodId,
            pod.Name,
            driver.Name,
            pod.WantedState,
            pod.Request,
            pod.State,
            pod.ExitCode,
            pod.StartedAt,
            pod.Restarts,
            usage?.CpuPercent,
            usage?.MemoryBytes);
    }
}
