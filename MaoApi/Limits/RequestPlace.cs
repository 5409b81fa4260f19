namespace MaoApi.Limits;

/// <summary>One of the places for requests in flight; used by request after request, with one cancellation source as long as that is unused.</summary>
internal sealed class RequestPlace : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _source = new();
    private long? _startedAt;
    private bool _isLate;

    /// <summary>Ends the request: cancelled when it is late, or when the caller's own token is.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the request took too long.</summary>
    public bool IsLate
    {
        get
        {
            lock (_lock)
            {
                return _isLate;
            }
        }
    }

    public void Begin(long? startedAt)
    {
        lock (_lock)
        {
            _startedAt = startedAt;
        }
    }

    /// <summary>Cancels together with the connection. The caller disposes the registration before the place is given back.</summary>
    public CancellationTokenRegistration Follow(CancellationToken connection) =>
        connection.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);

    public void End()
    {
        lock (_lock)
        {
            _startedAt = null;

            // A source that was chosen to be cancelled may be so at any later time: it must never meet the next request.
            if (_isLate || !_source.TryReset())
            {
                _source = new CancellationTokenSource();
                _isLate = false;
            }
        }
    }

    public void Dispose() => _source.Dispose();

    public void EndIfLate(TimeSpan timeout, TimeProvider time)
    {
        CancellationTokenSource late;
        lock (_lock)
        {
            if (_isLate || _startedAt is not { } startedAt || time.GetElapsedTime(startedAt) < timeout)
            {
                return;
            }

            _isLate = true;
            late = _source;
        }

        late.Cancel();
    }
}
