namespace MaoApi.Data.Entities;

/// <summary>The engine process of one account: what is wanted and what is (<c>mtpods</c>).</summary>
internal sealed class Pod
{
    /// <summary>Key of the account, one pod each.</summary>
    public int AccountKey { get; set; }

    /// <summary>The driver's name of the running process or container.</summary>
    public string? PodId { get; set; }

    public required string Name { get; set; }

    public string Description { get; set; } = "";

    /// <summary>What an operator wants: <see cref="PodStates.Running"/> or <see cref="PodStates.Stopped"/>.</summary>
    public required string WantedState { get; set; }

    /// <summary>A request that is done once, one of <see cref="PodRequests"/>, or null.</summary>
    public string? Request { get; set; }

    /// <summary>What the pod reports, one of <see cref="PodStates"/>.</summary>
    public required string State { get; set; }

    public int? ExitCode { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Restarts after a crash since the pod was last started on purpose.</summary>
    public int Restarts { get; set; }

    /// <summary>What runs it, the name of a driver; null where it never ran.</summary>
    public string? Driver { get; set; }

    /// <summary>What stands in its way, for people.</summary>
    public string? Detail { get; set; }

    /// <summary>Of one processor; null where that is not known.</summary>
    public double? CpuPercent { get; set; }

    /// <summary>Memory it uses; null where that is not known.</summary>
    public long? MemoryBytes { get; set; }

    /// <summary>The pod that looks after it.</summary>
    public string? Holder { get; set; }

    /// <summary>Until when it is the holder's without another word.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>The driver's own settings, a JSON object.</summary>
    public string Config { get; set; } = "{}";

    public Account? Account { get; set; }
}

/// <summary>The words of <c>op_mode</c> and <c>state</c>.</summary>
internal static class PodStates
{
    public const string Running = "running";
    public const string Stopped = "stopped";
    public const string Error = "error";
}

/// <summary>The words of <c>op_request</c>.</summary>
internal static class PodRequests
{
    /// <summary>Start it although it ended by itself; one that runs is left alone.</summary>
    public const string Start = "start";

    /// <summary>Stop it, then start it again.</summary>
    public const string Restart = "restart";
}
