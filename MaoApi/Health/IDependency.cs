namespace MaoApi.Health;

/// <summary>Something the gateway depends on and can look at.</summary>
internal interface IDependency
{
    /// <summary>Its name in the answer of <c>/health/ready</c>, one of <see cref="DependencyNames"/>.</summary>
    string Name { get; }

    /// <summary>
    /// Looks at it by doing a small piece of what it is for. Called from a thread of the pool, never twice at a time. An exception means
    /// unhealthy; so does an answer that takes longer than <see cref="HealthBoard.Limit"/>, at which the token is cancelled.
    /// </summary>
    Task<HealthFinding> LookAsync(CancellationToken cancellationToken);
}

/// <summary>What the gateway's health is made of.</summary>
internal static class DependencyNames
{
    /// <summary>The only one without which the gateway is not ready.</summary>
    public const string Database = "database";
    public const string HistoryDatabase = "historyDatabase";
    public const string LogStore = "logStore";
    public const string SharedStore = "sharedStore";
    public const string Engines = "engines";
    public const string Pods = "pods";
    public const string Jobs = "jobs";
    public const string Models = "models";
    public const string Disk = "disk";
    public const string Memory = "memory";
}
