namespace MaoTrade.Engine.Trading.Feeds;

/// <summary>
/// Counts what was wrong with market data, and says when it is worth a line in the log: once a minute for each epic and
/// reason, by the monotonic clock. Owned by the trade loop.
/// </summary>
public sealed class FeedCounts(TimeProvider time)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Dictionary<FrameFault, long> _dropped = [];
    private readonly Dictionary<(string Epic, FrameFault Fault), (long Since, long Unsaid)> _lines = [];

    /// <summary>Frames not taken, by reason.</summary>
    public IReadOnlyDictionary<FrameFault, long> Dropped => _dropped;

    /// <summary>Gaps found after an interruption.</summary>
    public long Gaps { get; private set; }

    /// <summary>Frames missing in them that history did not have.</summary>
    public long Missing { get; private set; }

    public void CountGap(long missing)
    {
        Gaps++;
        Missing += missing;
    }

    /// <summary>Counts a frame; how many like it were not said since the last line, or null when this one stays unsaid too.</summary>
    public long? Count(string epic, FrameFault fault)
    {
        _dropped[fault] = _dropped.GetValueOrDefault(fault) + 1;
        if (_lines.TryGetValue((epic, fault), out var line) && time.GetElapsedTime(line.Since) < Silence)
        {
            _lines[(epic, fault)] = line with { Unsaid = line.Unsaid + 1 };
            return null;
        }

        _lines[(epic, fault)] = (time.GetTimestamp(), 0);
        return line.Unsaid;
    }
}
