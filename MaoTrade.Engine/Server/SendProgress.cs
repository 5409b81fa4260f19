namespace MaoTrade.Engine.Server;

/// <summary>What a connection is sending; written by who sends, read by the listener's timer.</summary>
internal sealed class SendProgress(TimeProvider time, WireOptions options)
{
    private long _since;
    private int _bytes;

    /// <summary>Bytes are offered to the peer.</summary>
    public void Begin(int bytes)
    {
        Volatile.Write(ref _bytes, bytes);
        Volatile.Write(ref _since, time.GetTimestamp() | 1);
    }

    /// <summary>The peer's side has taken them.</summary>
    public void End() => Volatile.Write(ref _since, 0);

    /// <summary>Whether the peer took too long: the stall limit, or for few bytes the grace and the minimum rate.</summary>
    public bool IsTooSlow()
    {
        var since = Volatile.Read(ref _since);
        if (since == 0)
        {
            return false;
        }

        var allowed = options.RateGrace + TimeSpan.FromSeconds((double)Volatile.Read(ref _bytes) / options.MinRateBytesPerSecond);
        return time.GetElapsedTime(since) >= (allowed < options.StallTimeout ? allowed : options.StallTimeout);
    }
}
