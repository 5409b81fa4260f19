namespace MaoTrade.Protocol.Client;

/// <summary>
/// Aborts a connection whose payload stands still or trickles. Only time spent waiting for the engine counts, never the
/// time a slow reader of the payload takes.
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly WireConnection _connection;
    private readonly ITimer _timer;
    private long _since;
    private TimeSpan _waited;
    private long _received;

    public StallWatch(WireConnection connection)
    {
        _connection = connection;
        _timer = connection.Time.CreateTimer(static state => ((StallWatch)state!).Check(), this, Interval, Interval);
    }

    /// <summary>Why the connection was aborted, or null.</summary>
    public string? Reason { get; private set; }

    /// <summary>A wait for bytes begins.</summary>
    public void Begin() => Volatile.Write(ref _since, _connection.Time.GetTimestamp() | 1);

    /// <summary>The wait has ended with so many bytes.</summary>
    public void End(long bytes)
    {
        _waited += _connection.Time.GetElapsedTime(_since);
        _received += bytes;
        Volatile.Write(ref _since, 0);
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        var since = Volatile.Read(ref _since);
        if (since == 0)
        {
            return;
        }

        var options = _connection.Options;
        var now = _connection.Time.GetElapsedTime(since);
        var total = _waited + now;
        if (now >= options.StallTimeout)
        {
            Reason = $"the engine was silent for {now.TotalSeconds:F0} s";
        }
        else if (total > options.RateGrace && _received < (total - options.RateGrace).TotalSeconds * options.MinRateBytesPerSecond)
        {
            Reason = $"the engine sent less than {options.MinRateBytesPerSecond} bytes per second";
        }
        else
        {
            return;
        }

        _connection.Abort();
    }
}
