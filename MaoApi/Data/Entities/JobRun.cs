namespace MaoApi.Data.Entities;

/// <summary>One run of a job, or of work that was asked for once (<c>mao_job_runs</c>).</summary>
internal sealed class JobRun : IVersioned
{
    public int Id { get; set; }

    /// <summary>The id the API shows, unique.</summary>
    public required string JobId { get; set; }

    /// <summary>The job it is a run of; null for work that was asked for once.</summary>
    public int? JobKey { get; set; }

    public required string Kind { get; set; }

    public string Lane { get; set; } = "default";

    /// <summary>One of <see cref="JobStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>Not before.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>A JSON object.</summary>
    public string Arguments { get; set; } = "{}";

    /// <summary>0 to 1.</summary>
    public double Progress { get; set; }

    public string Message { get; set; } = "";

    public int Attempts { get; set; }

    /// <summary>The user who asked for it, or null.</summary>
    public int? UserKey { get; set; }

    /// <summary>The process that has it, and until when it may: a run whose holder died is taken over.</summary>
    public string? Holder { get; set; }

    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>Somebody asked for its end.</summary>
    public bool IsCancelRequested { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Ended { get; set; }

    /// <summary>JSON, or null.</summary>
    public string? Result { get; set; }

    public string? Error { get; set; }

    public long Version { get; set; }

    public Job? Job { get; set; }
}

/// <summary>The words of <c>mao_job_runs.state</c>.</summary>
internal static class JobStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
