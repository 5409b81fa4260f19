namespace MaoApi.Pods;

/// <summary>A run that somebody else has begun and may begin again: it is known by its labels, and its output is followed until all was read.</summary>
internal abstract class ManagedRun(string id, DateTimeOffset? startedAt, TimeProvider time) : IPodProcess
{
    /// <summary>How long the last lines of a run may take.</summary>
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ending = new();
    private Task _log = Task.CompletedTask;
    private volatile string? _trouble;
    private volatile bool _hasEnded;

    public string Id => id;

    public DateTimeOffset? StartedAt => startedAt;

    public bool IsProven => true;

    public string? InstanceId => null;

    public string? Detail => _trouble;

    /// <summary>Set while who runs it does not answer.</summary>
    protected string? Trouble
    {
        set => _trouble = value;
    }

    protected TimeProvider Time => time;

    public abstract Task<PodEnd> WaitAsync(CancellationToken cancellationToken);

    public abstract Task<PodUsage?> MeasureAsync(CancellationToken cancellationToken);

    public Task RememberAsync(string? instanceId, CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract Task TerminateAsync(CancellationToken cancellationToken);

    public abstract Task KillAsync(CancellationToken cancellationToken);

    public abstract Task ForgetAsync(bool forGood, CancellationToken cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _log;
        _ending.Dispose();
    }

    /// <summary>Begins to follow the output; the follower is told when the run has ended.</summary>
    protected void Follow(Func<Func<bool>, CancellationToken, Task> follow) => _log = follow(() => _hasEnded, _ending.Token);

    /// <summary>It has ended so; its last lines are waited for.</summary>
    protected async Task<PodEnd> EndedAsync(PodEnd end)
    {
        _hasEnded = true;
        await _log.WaitAsync(LogPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return end;
    }
}
