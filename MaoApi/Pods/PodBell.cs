namespace MaoApi.Pods;

/// <summary>Wakes the fleet of this process, where there is one. Safe from any thread.</summary>
internal sealed class PodBell
{
    private TaskCompletionSource _rung = New();

    /// <summary>The table of pods has changed: look now rather than within a second.</summary>
    public void Ring() => Volatile.Read(ref _rung).TrySetResult();

    /// <summary>Rings that come after this moment end the task.</summary>
    public Task Next()
    {
        var next = New();
        Volatile.Write(ref _rung, next);
        return next.Task;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
