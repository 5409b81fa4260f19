namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Market time of the live clock: wall time since it was set, times the speed; it never runs backwards.</summary>
internal sealed class PaperMarketClock(TimeProvider clock, DateTimeOffset wallStart, DateTimeOffset marketStart, double speed)
{
    private long _last = long.MinValue;

    /// <summary>Unix seconds.</summary>
    public long Now
    {
        get
        {
            var elapsed = (clock.GetUtcNow() - wallStart).TotalSeconds * speed;
            _last = Math.Max(_last, marketStart.ToUnixTimeSeconds() + (long)Math.Floor(elapsed));
            return _last;
        }
    }
}
