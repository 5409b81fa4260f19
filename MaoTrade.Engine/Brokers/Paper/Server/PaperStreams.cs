using MaoTrade.Engine.Brokers.Paper.Prices;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Makes the streams of an account and answers subscriptions.</summary>
internal sealed class PaperStreams(PaperBook book, PaperMarketClock clock)
{
    /// <summary>The stream of an epic, made when it is first needed; null when the epic does not exist.</summary>
    public PaperStream? Of(PaperAccount account, string epic)
    {
        if (account.Streams.TryGetValue(epic, out var stream))
        {
            if (book.Options.Clock == PaperClockMode.Live && IsIdle(stream))
            {
                Place(stream);
            }

            return stream;
        }

        if (book.Market.Find(epic) is not { } instrument || account.Streams.Count >= PaperLimits.StreamsPerAccount)
        {
            return null;
        }

        stream = new PaperStream(account, instrument);
        Place(stream);
        account.Streams.Add(epic, stream);
        book.Step.Streams.Add(stream);
        return stream;
    }

    /// <summary>
    /// Frames of an epic for the present connection. The same time frame again goes on where it was; another one begins with
    /// the first whole candle that was not sent.
    /// </summary>
    public MarketDataResult Subscribe(PaperAccount account, string epic, int timeFrameSeconds)
    {
        if (book.Market.Find(epic) is not { } instrument)
        {
            return MarketDataResult.InvalidEpic;
        }

        if (!IsServed(book.Options, instrument, timeFrameSeconds))
        {
            return MarketDataResult.InvalidTimeFrame;
        }

        if (Of(account, epic) is not { } stream)
        {
            return MarketDataResult.General;
        }

        if (stream.TimeFrameSeconds != timeFrameSeconds)
        {
            stream.TimeFrameSeconds = timeFrameSeconds;
            Place(stream);
        }

        if (stream.Ended && !stream.Subscribed && stream.Unacknowledged == 0)
        {
            // Told once and acknowledged; whoever subscribes anew has to hear it again.
            stream.Ended = false;
        }

        stream.Subscribed = true;
        book.Step.Streams.Add(stream);
        SendMissed(stream);
        return MarketDataResult.Ok;
    }

    public MarketDataResult Unsubscribe(PaperAccount account, string epic)
    {
        if (book.Market.Find(epic) is null)
        {
            return MarketDataResult.InvalidEpic;
        }

        if (account.Streams.TryGetValue(epic, out var stream))
        {
            stream.Subscribed = false;
        }

        return MarketDataResult.Ok;
    }

    /// <summary>Whether candles of a length can be had.</summary>
    public static bool IsServed(PaperBrokerOptions options, PaperInstrument instrument, int timeFrameSeconds) =>
        (options.TimeFrames.Count == 0 || options.TimeFrames.Contains(timeFrameSeconds)) && timeFrameSeconds <= PaperLimits.TimeFrameSeconds && FrameAggregator.Divides(instrument.BaseSeconds, timeFrameSeconds);

    /// <summary>Whether the market of an epic concerns the account in no way: the live clock passes such streams over.</summary>
    public static bool IsIdle(PaperStream stream) =>
        !stream.Subscribed && !stream.Account.Positions.ContainsKey(stream.Epic)
        && !stream.Account.Working.Exists(order => order.Ticket.Epic == stream.Epic);

    /// <summary>Where the frames known to an account end.</summary>
    public long KnownUntil(PaperAccount account, string epic, long first)
    {
        if (book.Options.Clock == PaperClockMode.Live)
        {
            return clock.Now;
        }

        return account.Streams.TryGetValue(epic, out var stream) && stream.LastFrame is { } last
            ? last + stream.TimeFrameSeconds
            : first;
    }

    private void Place(PaperStream stream)
    {
        var step = stream.TimeFrameSeconds;
        var isBase = step == stream.Instrument.BaseSeconds;
        stream.Worked = false;
        if (book.Options.Clock == PaperClockMode.Live)
        {
            // The running candle's opening has passed: orders wait for the next one.
            stream.Next = FrameAggregator.StartOf(clock.Now, step);
            stream.Opened = true;
        }
        else if (stream.LastFrame is null)
        {
            stream.Next = isBase ? stream.Instrument.First : FrameAggregator.StartOf(stream.Instrument.First, step);
            stream.Opened = false;
        }
        else
        {
            stream.Next = isBase ? stream.Next : FrameAggregator.StartOf(stream.Next + step - 1, step);
            stream.Opened = false;
        }
    }

    /// <summary>In the live clock the bars between the last one sent and the running one come late, as history.</summary>
    private void SendMissed(PaperStream stream)
    {
        if (book.Options.Clock != PaperClockMode.Live || stream.LastFrame is not { } last)
        {
            return;
        }

        var step = stream.TimeFrameSeconds;
        foreach (var frame in stream.Instrument.CandlesBefore(stream.Next, step, PaperLimits.LateFrames))
        {
            if (frame.UnixSeconds > last)
            {
                book.Emit(stream.Account, stream, id => new FrameEvent(
                    id, stream.Epic, step, frame, Closed: true, Late: true, DateTimeOffset.FromUnixTimeSeconds(clock.Now)));
                stream.LastFrame = frame.UnixSeconds;
            }
        }
    }
}
