namespace MaoApi.Pods;

/// <summary>One run of an engine, from its start to its end. Disposing it lets go of it, and ends nothing.</summary>
internal interface IPodProcess : IAsyncDisposable
{
    /// <summary>Names this run and no other: the first part of <c>mtpods.pod_id</c>.</summary>
    string Id { get; }

    /// <summary>When it began; null where only the driver's caller knows.</summary>
    DateTimeOffset? StartedAt { get; }

    /// <summary>Whether it is proven by itself to be the account's engine; otherwise it must call itself <see cref="InstanceId"/>.</summary>
    bool IsProven { get; }

    /// <summary>What the engine called itself earlier; null where it has not answered.</summary>
    string? InstanceId { get; }

    /// <summary>What stands in its way at the moment, for people; null where nothing is known to.</summary>
    string? Detail { get; }

    /// <summary>Waits for the end of this run, however long whoever runs it does not answer.</summary>
    Task<PodEnd> WaitAsync(CancellationToken cancellationToken);

    /// <summary>What it uses; null where that cannot be known now.</summary>
    Task<PodUsage?> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Keeps what the engine calls itself, for a pod that comes after this one.</summary>
    Task RememberAsync(string? instanceId, CancellationToken cancellationToken);

    /// <summary>Asks for an orderly stop, after which nothing brings it back but a start. Returns once it was asked.</summary>
    Task TerminateAsync(CancellationToken cancellationToken);

    /// <summary>Ends it now, and for good as <see cref="TerminateAsync"/>.</summary>
    Task KillAsync(CancellationToken cancellationToken);

    /// <summary>It has ended: forgets it. With <paramref name="forGood"/> nothing brings it back but a start.</summary>
    Task ForgetAsync(bool forGood, CancellationToken cancellationToken);
}
