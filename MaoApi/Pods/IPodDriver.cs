namespace MaoApi.Pods;

/// <summary>Where engines run. Thread-safe.</summary>
internal interface IPodDriver
{
    /// <summary>What an operator calls it, such as <c>process</c>.</summary>
    string Name { get; }

    /// <summary>Starts a process that outlives a crash of this one.</summary>
    IPodProcess Start(PodLaunch launch);

    /// <summary>The very process of a record, or null where it is gone or its id is somebody else's now.</summary>
    IPodProcess? Find(ProcessIdentity identity);

    /// <summary>What a process uses; null where it is gone or runs out of this driver's sight.</summary>
    PodUsage? Measure(ProcessIdentity identity);
}

/// <summary>A running process.</summary>
internal interface IPodProcess : IDisposable
{
    ProcessIdentity Identity { get; }

    /// <summary>Waits for the end. Returns the exit code, or null where it cannot be known: the process was adopted.</summary>
    Task<int?> WaitAsync(CancellationToken cancellationToken);

    /// <summary>Asks for an orderly stop.</summary>
    void Terminate();

    void Kill();
}
