namespace MaoTrade.Engine.Trading;

/// <summary>Owner of calls that run beside a loop: none is forgotten, and the first that fails is heard.</summary>
public sealed class TaskSet
{
    private readonly HashSet<Task> _tasks = [];
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends, with its exception, when a call fails; never otherwise.</summary>
    public Task Failure => _failure.Task;

    public void Add(Task task)
    {
        lock (_lock)
        {
            _tasks.Add(task);
        }

        _ = task.ContinueWith(End, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for all of them, however they end.</summary>
    public async Task WhenAllEnded()
    {
        Task[] tasks;
        lock (_lock)
        {
            tasks = [.. _tasks];
        }

        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void End(Task task)
    {
        lock (_lock)
        {
            _tasks.Remove(task);
        }

        if (task.Exception is { } exception)
        {
            _failure.TrySetException(exception.InnerExceptions);
        }
    }
}
