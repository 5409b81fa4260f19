namespace MaoApi.Pods;

/// <summary>What is to be known of a pod.</summary>
/// <param name="State">One of the words of <c>mtpods.state</c>.</param>
/// <param name="PodId">The running process; null where none runs.</param>
/// <param name="ExitCode">Of the last end; null where there was none or it cannot be known.</param>
/// <param name="Restarts">Restarts after a crash.</param>
internal sealed record PodReport(string State, string? PodId, int? ExitCode, int Restarts)
{
    /// <summary>When the process began; null = it is not known better than now.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What it uses; null where that is not known.</summary>
    public PodUsage? Usage { get; init; }

    /// <summary>What people should know beside the state.</summary>
    public string? Detail { get; init; }
}
