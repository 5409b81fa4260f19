using MaoTrade.Engine.Trading.Sessions;

namespace MaoTrade.Engine.Trading.Feeds;

/// <summary>
/// Notices that frames stay away. Waiting is measured on the monotonic clock times the speed of the broker's; market time
/// only says which of the frames the market owes. Owned by the trade loop.
/// </summary>
public sealed class FeedWatch(TimeProvider time)
{
    /// <summary>Frames that must be missing.</summary>
    public const int FramesMissing = 3;

    // Brokers, networks and this loop take their time too: a fast market must not make an alarm of it.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, Wait> _waits = [];
    private DateTimeOffset _market;
    private long _marketSince;

    /// <summary>The market's time now: as last told, and what has passed since.</summary>
    /// <param name="told">Market time of the last event.</param>
    /// <param name="speed">Market seconds per second; null = market time moves with events alone.</param>
    public DateTimeOffset MarketNow(DateTimeOffset told, double? speed)
    {
        if (told != _market)
        {
            (_market, _marketSince) = (told, time.GetTimestamp());
        }

        return speed is { } factor ? Later(told, time.GetElapsedTime(_marketSince), factor) : told;
    }

    /// <summary>Frames of an epic are owed from now on.</summary>
    public void Begin(string epic, DateTimeOffset marketNow) =>
        _waits[epic] = new Wait(time.GetTimestamp(), marketNow, _waits.TryGetValue(epic, out var wait) ? wait.Alarms : 0);

    /// <summary>A frame came.</summary>
    public void Heard(string epic, DateTimeOffset marketNow) => _waits[epic] = new Wait(time.GetTimestamp(), marketNow, 0);

    /// <summary>Nothing is owed any more.</summary>
    public void Forget(string epic) => _waits.Remove(epic);

    /// <summary>A new session with the broker: what is owed begins with its subscriptions.</summary>
    public void ForgetAll() => _waits.Clear();

    /// <summary>
    /// Whether frames have stayed away for too long; true once, and again after twice the wait each further time.
    /// </summary>
    public bool IsDue(string epic, int frameSeconds, double speed, MarketHours? hours)
    {
        if (!_waits.TryGetValue(epic, out var wait))
        {
            return false;
        }

        var frames = FramesMissing << Math.Min(wait.Alarms, 10);
        var elapsed = time.GetElapsedTime(wait.Since);
        if (elapsed < Shortest || elapsed.TotalSeconds * speed < (double)frames * frameSeconds)
        {
            return false;
        }

        var now = Later(wait.Market, elapsed, speed);
        if (hours is not null && hours.FramesOver(wait.Market, now, frameSeconds, frames) < frames)
        {
            return false;
        }

        _waits[epic] = wait with { Since = time.GetTimestamp(), Market = now, Alarms = wait.Alarms + 1 };
        return true;
    }

    private static DateTimeOffset Later(DateTimeOffset from, TimeSpan elapsed, double speed)
    {
        var most = DateTimeOffset.MaxValue - from;
        var passed = elapsed.TotalSeconds * speed;
        return passed < most.TotalSeconds ? from + TimeSpan.FromSeconds(passed) : DateTimeOffset.MaxValue;
    }

    private sealed record Wait(long Since, DateTimeOffset Market, int Alarms);
}
