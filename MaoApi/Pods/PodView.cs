using MaoApi.Data.Entities;

namespace MaoApi.Pods;

/// <summary>An engine's pod as administrators see it: what its pod has written into the table.</summary>
internal sealed record PodView(
    string AccountId,
    string? PodId,
    string Name,
    string? Driver,
    string OpMode,
    string? OpRequest,
    string State,
    int? ExitCode,
    DateTimeOffset? StartedAt,
    int Restarts,
    double? CpuPercent,
    long? MemoryBytes,
    string? Detail)
{
    /// <summary>The row as it is shown.</summary>
    /// <param name="pod">The row, with its account.</param>
    public static PodView Of(Pod pod) => new(
        pod.Account!.AccountId,
        pod.PodId,
        pod.Name,
        pod.Driver,
        pod.WantedState,
        pod.Request,
        pod.State,
        pod.ExitCode,
        pod.StartedAt,
        pod.Restarts,
        pod.CpuPercent,
        pod.MemoryBytes,
        pod.Detail);
}
