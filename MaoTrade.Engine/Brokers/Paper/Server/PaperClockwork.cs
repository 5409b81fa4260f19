using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Moves the streams: in lockstep by the engine's acknowledgements, else by the market clock.</summary>
internal sealed class PaperClockwork(PaperBook book, PaperMatching matching, PaperMarketClock clock)
{
    // A stream that is far behind catches up in slices so that others get their turn.
    private const int BarsPerTick = 1_000;

    /// <summary>
    /// Lockstep. The next bar leaves when the engine follows the epic and has acknowledged everything earlier of it: first
    /// the bar's fills, and when those are acknowledged the bar itself.
    /// </summary>
    public void Advance(PaperStream stream)
    {
        if (!stream.Subscribed || stream.Ended || stream.Unacknowledged > 0 || stream.Account.Session is null)
        {
            return;
        }

        if (!stream.Instrument.TryCandle(stream.Next, stream.TimeFrameSeconds, out var candle))
        {
            End(stream);
            return;
        }

        if (!stream.Worked)
        {
            matching.Open(stream, candle);
            matching.Inside(stream, candle);
        }

        if (stream.Unacknowledged == 0)
        {
            Send(stream, candle.Frame, DateTimeOffset.FromUnixTimeSeconds(candle.Frame.UnixSeconds + stream.TimeFrameSeconds));
        }
    }

    /// <summary>Live. Opens bars that have begun and closes those that are over.</summary>
    public void Tick(PaperStream stream)
    {
        if (stream.Ended || PaperStreams.IsIdle(stream))
        {
            return;
        }

        var now = clock.Now;
        for (var i = 0; i < BarsPerTick; i++)
        {
            if (!stream.Instrument.TryCandle(stream.Next, stream.TimeFrameSeconds, out var candle))
            {
                End(stream);
                return;
            }

            var start = candle.Frame.UnixSeconds;
            if (start > now)
            {
                return;
            }

            if (!stream.Opened)
            {
                matching.Open(stream, candle);
            }

            if (start + stream.TimeFrameSeconds > now)
            {
                return;
            }

            matching.Inside(stream, candle);
            var wanted = stream.Subscribed && stream.Account.Session is not null
                && stream.Account.Unacknowledged.Count < PaperLimits.EventsWaiting;
            if (wanted)
            {
                var late = now - (start + stream.TimeFrameSeconds) > stream.TimeFrameSeconds;
                Send(stream, candle.Frame, DateTimeOffset.FromUnixTimeSeconds(now), late);
            }
            else
            {
                Pass(stream, start);
            }
        }
    }

    private void Send(PaperStream stream, Frame frame, DateTimeOffset brokerTime, bool late = false)
    {
        stream.LastFrame = frame.UnixSeconds;
        Pass(stream, frame.UnixSeconds);
        book.Emit(stream.Account, stream, id => new FrameEvent(
            id, stream.Epic, stream.TimeFrameSeconds, frame, Closed: true, late, brokerTime));
    }

    private void Pass(PaperStream stream, long start)
    {
        // Bars of the base length follow the data, whose weeks and months are not all of one length.
        stream.Next = stream.TimeFrameSeconds == stream.Instrument.BaseSeconds ? start + 1 : start + stream.TimeFrameSeconds;
        stream.Opened = false;
        stream.Worked = false;
        book.Step.Streams.Add(stream);
    }

    private void End(PaperStream stream)
    {
        stream.Ended = true;
        book.Step.Streams.Add(stream);
        book.Emit(stream.Account, stream, id => new MarketDataEvent(id, stream.Epic, Restored: false, "the recorded data ends here"));
    }
}
