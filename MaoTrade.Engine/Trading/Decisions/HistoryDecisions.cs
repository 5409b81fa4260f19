using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// Frames of the past: what a system wants to have seen before its first frame, and what an interruption of a live market
/// left out. Frames that come meanwhile wait.
/// </summary>
public static class HistoryDecisions
{
    // As many as brokers give at once.
    private const int MostFrames = 5_000;

    // A live market goes on between the question and the answer.
    private const int Meanwhile = 16;

    /// <summary>Whether a signal begins without the frames its system wants.</summary>
    public static bool IsWanted(Title title) => title.FramesWanted > 0 && !title.Feed.HasHistory && title.LastFrame == long.MinValue;

    public static void Ask(Turn turn, Title title, TimeSpan delay)
    {
        var perCandle = title.TimeFrameSeconds / title.Feed.BaseSeconds;
        var count = (int)Math.Min(MostFrames, (title.FramesWanted + (title.Feed.IsWhole ? 0L : 1L)) * perCandle);
        Request(turn, title, count, delay);
    }

    /// <summary>Asks for what is missing between the last frame before an interruption of a live market and this one.</summary>
    public static bool AskForGap(Turn turn, Title title, FrameEvent frame)
    {
        var feed = title.Feed;
        if (!feed.AfterBreak || !frame.Closed || FrameDecisions.Fault(turn, title, frame) is not null)
        {
            return false;
        }

        feed.AfterBreak = false;
        if (turn.State.Capabilities?.MarketSecondsPerSecond is null || Missing(turn, title, frame) is not (> 0 and var missing))
        {
            return false;
        }

        Request(turn, title, (int)Math.Min(MostFrames, missing + Meanwhile), TimeSpan.Zero);
        return true;
    }

    public static void Take(Turn turn, HistoryInput input)
    {
        if (!turn.State.BrokerConnected || turn.Titles.Find(input.Epic) is not { Feed.IsWaiting: true } title || title.Feed.BaseSeconds != input.TimeFrameSeconds
            || turn.State.Signals.GetValueOrDefault(title.SignalId) is not { } signal)
        {
            return;
        }

        if (IsWanted(title))
        {
            if (input.Answer.Result == MarketDataResult.Ok)
            {
                Begin(turn, title, input);
            }
            else if (FeedDecisions.Retry(turn, title, signal, input.Answer.Result) is { } delay)
            {
                Ask(turn, title, delay);
                return;
            }
        }
        else
        {
            Fill(turn, title, input);
        }

        title.Feed.IsWaiting = false;
        Release(turn, title);
    }

    /// <summary>Takes the frames that waited.</summary>
    public static void Release(Turn turn, Title title)
    {
        while (title.Feed.Waiting.TryDequeue(out var frame))
        {
            FrameDecisions.Decide(turn, title, frame);
        }
    }

    private static void Request(Turn turn, Title title, int count, TimeSpan delay)
    {
        title.Feed.IsWaiting = true;
        turn.Effects.Add(new HistoryEffect(title.Epic, title.Feed.BaseSeconds, count, delay));
    }

    /// <summary>The system learns what was before it; then its frames begin.</summary>
    private static void Begin(Turn turn, Title title, HistoryInput input)
    {
        var frames = Closed(turn, input).ToArray();
        foreach (var candle in Candles(title, frames).TakeLast(title.FramesKept))
        {
            title.Keep(candle);
            turn.Changes.Frames.Add((title.SignalId, candle, title.FramesKept));
        }

        title.Feed.HasHistory = true;
        turn.Changes.Feeds[title.SignalId] = title.Feed.Mark;
        turn.Log(LogLevel.Information, $"Signal {title.SignalId} on {title.Epic} begins with {title.Frames.Count} frames of history");
        SystemCalls.Call(turn, title, system => system.Resume([.. title.Frames], turn.PortfolioOf(title.Epic), turn.State.MarketTime));
        FeedDecisions.Subscribe(turn, title, TimeSpan.Zero);
    }

    /// <summary>Whole candles; one that is not over yet goes on growing in the feed.</summary>
    private static List<Frame> Candles(Title title, Frame[] frames)
    {
        if (frames.Length == 0 || title.Feed.IsWhole)
        {
            return [.. frames];
        }

        // The first candle may have begun before the first frame.
        var first = FrameAggregator.StartOf(frames[0].UnixSeconds, title.TimeFrameSeconds);
        var whole = frames[0].UnixSeconds == first ? frames : [.. frames.Where(f => f.UnixSeconds >= first + title.TimeFrameSeconds)];
        title.Feed.WholeFrom = frames[0].UnixSeconds;
        var candles = FrameAggregator.Aggregate(whole, title.TimeFrameSeconds).ToList();
        var until = frames[^1].UnixSeconds + title.Feed.BaseSeconds;
        Frame? growing = candles.Count > 0 && until < candles[^1].UnixSeconds + title.TimeFrameSeconds ? candles[^1] : null;
        if (growing is not null)
        {
            candles.RemoveAt(candles.Count - 1);
        }

        title.Feed.Move(until, growing);
        return candles;
    }

    /// <summary>Missed frames come as late ones, in order, before those that waited for them.</summary>
    private static void Fill(Turn turn, Title title, HistoryInput input)
    {
        if (!title.Feed.Waiting.TryPeek(out var next))
        {
            return;
        }

        var from = title.TakenUntil;
        var missing = Missing(turn, title, next);
        var frames = Closed(turn, input).Where(f => f.UnixSeconds < next.Frame.UnixSeconds && !title.HasTaken(f.UnixSeconds)).ToList();
        if (frames.Count < missing)
        {
            title.Feed.WholeFrom = next.Frame.UnixSeconds;
        }

        foreach (var frame in frames)
        {
            FrameDecisions.Decide(turn, title, new FrameEvent(null, title.Epic, title.Feed.BaseSeconds, frame, true, true, next.BrokerTime));
        }

        turn.Tools.Counts.CountGap(Math.Max(0, missing - frames.Count));
        turn.Log(
            LogLevel.Warning,
            $"Gap in {title.Epic} from {from} to {next.Frame.UnixSeconds}: {missing} frames of {title.Feed.BaseSeconds} s missing, {frames.Count} filled from history ({input.Answer.Result})");
    }

    /// <summary>How many frames the market owes between the last one taken and one that came.</summary>
    private static long Missing(Turn turn, Title title, FrameEvent next)
    {
        var from = title.TakenUntil;
        if (from == long.MinValue || next.Frame.UnixSeconds <= from)
        {
            return 0;
        }

        var missing = (next.Frame.UnixSeconds - from) / title.Feed.BaseSeconds;
        return turn.Rules.HoursOf(title.Epic) is { } hours
            ? hours.FramesOver(
                DateTimeOffset.FromUnixTimeSeconds(from), DateTimeOffset.FromUnixTimeSeconds(next.Frame.UnixSeconds),
                title.Feed.BaseSeconds, (int)Math.Min(missing, int.MaxValue))
            : missing;
    }

    /// <summary>Sound frames in order of time that were over when the broker was asked.</summary>
    private static IEnumerable<Frame> Closed(Turn turn, HistoryInput input)
    {
        var hours = turn.Rules.HoursOf(input.Epic);
        var over = input.BrokerTime.ToUnixTimeSeconds() - input.TimeFrameSeconds;
        var last = long.MinValue;
        foreach (var frame in input.Answer.Frames)
        {
            if (frame.UnixSeconds <= last || frame.UnixSeconds > over || FrameChecks.Judge(frame, input.TimeFrameSeconds, hours) is not null)
            {
                continue;
            }

            last = frame.UnixSeconds;
            yield return frame;
        }
    }
}
