using MaoApi.Hosting;

namespace MaoApi.Limits;

/// <summary>
/// The requests under way: a fixed number of places, each with the token that ends its request when it takes too long. One timer looks at
/// all places; a request costs no timer of its own. Safe from any thread.
/// </summary>
internal sealed partial class InFlight : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly RequestPlace[] _places;
    private readonly Stack<RequestPlace> _free;
    private readonly Lock _lock = new();
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger<InFlight> _logger;
    private readonly ITimer _timer;

    public InFlight(HttpOptions options, TimeProvider time, ILogger<InFlight> logger)
    {
        _places = [.. Enumerable.Range(0, options.MaxInFlight).Select(_ => new RequestPlace())];
        _free = new Stack<RequestPlace>(_places.Reverse());
        _timeout = options.RequestTimeout;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(static state => ((InFlight)state!).EndLate(), this, LookInterval, LookInterval);
    }

    /// <summary>Places taken.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _places.Length - _free.Count;
            }
        }
    }

    /// <summary>Takes a place; null where all are taken. The caller gives it back by <see cref="Leave"/>.</summary>
    /// <param name="timed">Whether the request ends with the time-out.</param>
    public RequestPlace? Enter(bool timed)
    {
        RequestPlace? place;
        lock (_lock)
        {
            if (!_free.TryPop(out place))
            {
                return null;
            }
        }

        place.Begin(timed ? _time.GetTimestamp() : null);
        return place;
    }

    public void Leave(RequestPlace place)
    {
        place.End();
        lock (_lock)
        {
            _free.Push(place);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Array.ForEach(_places, place => place.Dispose());
    }

    private void EndLate()
    {
        foreach (var place in _places)
        {
            try
            {
                place.EndIfLate(_timeout, _time);
            }
            catch (AggregateException fault)
            {
                Faulted(_logger, fault);
            }
        }
    }

    [LoggerMessage(3250, LogLevel.Error, "Ending a request that took too long failed")]
    private static partial void Faulted(ILogger logger, Exception fault);
}
