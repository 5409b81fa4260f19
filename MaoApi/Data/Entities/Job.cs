namespace MaoApi.Data.Entities;

/// <summary>Work that is done again and again (<c>mao_jobs</c>).</summary>
internal sealed class Job : IVersioned
{
    public int Id { get; set; }

    /// <summary>Unique.</summary>
    public required string Name { get; set; }

    /// <summary>Which program of ours does it.</summary>
    public required string Kind { get; set; }

    /// <summary><c>high</c>, <c>default</c> or <c>bulk</c>.</summary>
    public string Lane { get; set; } = "default";

    /// <summary>When it runs, in the scheduler's words.</summary>
    public required string Schedule { get; set; }

    /// <summary>A JSON object.</summary>
    public string Arguments { get; set; } = "{}";

    public bool IsEnabled { get; set; }

    /// <summary><c>idle</c>, <c>queued</c> or <c>running</c>.</summary>
    public required string State { get; set; }

    /// <summary>The next run; null = none is planned.</summary>
    public DateTimeOffset? Due { get; set; }

    public DateTimeOffset? LastRun { get; set; }

    /// <summary>How the last run ended, one of <see cref="JobStates"/>.</summary>
    public string? LastState { get; set; }

    public long Version { get; set; }
}
