using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Testing.Jobs;

/// <summary>A system test at work for a client; on the wire in this shape (contract: Job).</summary>
public sealed record BacktestJob
{
    public required string JobId { get; init; }

    public string Kind { get; init; } = "backtest";

    public JobState State { get; init; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    public string Message { get; init; } = "";

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    [JsonIgnore]
    public bool IsEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}
