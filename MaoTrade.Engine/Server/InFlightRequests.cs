namespace MaoTrade.Engine.Server;

/// <summary>The requests of one connection whose replies are not known yet. Safe from any thread.</summary>
internal sealed class InFlightRequests
{
    private readonly Lock _lock = new();
    private readonly List<PendingRequest> _requests = [];
    private readonly Stack<PendingRequest> _free = new();
    private TaskCompletionSource? _waiter;
    private int _waitBelow;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _requests.Count;
            }
        }
    }

    /// <summary>An object to hold the next request.</summary>
    public PendingRequest Rent()
    {
        lock (_lock)
        {
            return _free.TryPop(out var request) ? request : new PendingRequest();
        }
    }

    /// <summary>Whether a request with the same id waits for its reply.</summary>
    public bool HasId(PendingRequest request)
    {
        lock (_lock)
        {
            foreach (var other in _requests)
            {
                if (other.HasSameId(request))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public void Add(PendingRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
        }
    }

    /// <summary>The reply of a request was written, or never will be.</summary>
    public void Remove(PendingRequest request)
    {
        TaskCompletionSource? waiter = null;
        lock (_lock)
        {
            _requests.Remove(request);
            if (_free.Count < 16)
            {
                _free.Push(request);
            }

            if (_requests.Count < _waitBelow)
            {
                (waiter, _waiter, _waitBelow) = (_waiter, null, 0);
            }
        }

        waiter?.SetResult();
    }

    /// <summary>Ends when fewer than <paramref name="count"/> wait. One waiter at a time: the connection's read loop.</summary>
    public Task WaitBelowAsync(int count)
    {
        lock (_lock)
        {
            if (_requests.Count < count)
            {
                return Task.CompletedTask;
            }

            _waitBelow = count;
            _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiter.Task;
        }
    }
}
