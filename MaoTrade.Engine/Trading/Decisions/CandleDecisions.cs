using MaoTrade.Engine.Brokers;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// Candles of a signal from shorter frames of the broker. One is over when the frame that ends it is closed, or when a
/// frame of a later one comes; what has grown so far is stored with every closed frame.
/// </summary>
internal static class CandleDecisions
{
    public static void Grow(Turn turn, Title title, FrameEvent frame)
    {
        var feed = title.Feed;
        var start = FrameAggregator.StartOf(frame.Frame.UnixSeconds, title.TimeFrameSeconds);
        if (title.TakenUntil == long.MinValue)
        {
            feed.WholeFrom = frame.Frame.UnixSeconds;
        }

        if (feed.Candle is { } former && former.UnixSeconds < start)
        {
            feed.Close();
            turn.Changes.Feeds[title.SignalId] = feed.Mark;
            FrameDecisions.Process(turn, title, former, closed: true, late: frame.Late || IsOld(turn, title, former, start));
        }

        var candle = FrameAggregator.Add(feed.Candle, frame.Frame, title.TimeFrameSeconds, out _);
        var until = frame.Frame.UnixSeconds + frame.TimeFrameSeconds;
        var ends = frame.Closed && until >= start + title.TimeFrameSeconds;
        if (frame.Closed)
        {
            feed.Move(until, ends ? null : candle);
            turn.Changes.Feeds[title.SignalId] = feed.Mark;
        }

        FrameDecisions.Process(turn, title, candle, ends, frame.Late);
    }

    /// <summary>A candle whose end nobody told is history when the market went on without us in between.</summary>
    private static bool IsOld(Turn turn, Title title, Frame former, long start)
    {
        var end = former.UnixSeconds + title.TimeFrameSeconds;
        return start > end && (turn.Rules.HoursOf(title.Epic)?.IsOpenWithin(
            DateTimeOffset.FromUnixTimeSeconds(end), DateTimeOffset.FromUnixTimeSeconds(start)) ?? true);
    }
}
