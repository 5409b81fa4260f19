using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Trading.Sessions;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading.Feeds;

/// <summary>Which frames may reach the state and the systems. Pure.</summary>
public static class FrameChecks
{
    /// <summary>No price of an instrument is higher, and no volume of a frame a thousand times as high.</summary>
    public const decimal HighestPrice = 1_000_000_000_000m;

    /// <summary>From one price to the next no market moves by this factor.</summary>
    public const decimal LargestStep = 100m;

    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Why a frame by itself is no frame of a market, or null.</summary>
    public static FrameFault? Judge(in Frame frame)
    {
        if (frame.Open <= 0 || frame.High <= 0 || frame.Low <= 0 || frame.Close <= 0)
        {
            return FrameFault.NotPositive;
        }

        if (frame.Open < frame.Low || frame.Open > frame.High || frame.Close < frame.Low || frame.Close > frame.High)
        {
            return FrameFault.Inconsistent;
        }

        return frame.High > HighestPrice || frame.Volume is < 0 or > HighestPrice * 1_000 ? FrameFault.Absurd : null;
    }

    /// <summary>Why a frame of the past is not one of its market, or null.</summary>
    public static FrameFault? Judge(in Frame frame, int frameSeconds, MarketHours? hours) =>
        Judge(frame) ?? (IsOutside(frame, frameSeconds, hours) ? FrameFault.OutsideHours : null);

    /// <summary>Why a frame that came now is not taken, or null.</summary>
    /// <param name="said">The frame.</param>
    /// <param name="title">The system that runs on its epic, if one does.</param>
    /// <param name="lastPrice">The epic's last price, if one is known.</param>
    /// <param name="hours">Hours of its market; null = always open.</param>
    public static FrameFault? Judge(FrameEvent said, Title? title, decimal? lastPrice, MarketHours? hours)
    {
        var frame = said.Frame;
        if (Judge(frame) is { } fault)
        {
            return fault;
        }

        if (said.TimeFrameSeconds <= 0 || (title is not null && said.TimeFrameSeconds != title.Feed.BaseSeconds))
        {
            return FrameFault.WrongTimeFrame;
        }

        var latest = Math.Min(said.BrokerTime.ToUnixTimeSeconds(), LastSecond - (2L * said.TimeFrameSeconds)) + said.TimeFrameSeconds;
        if (frame.UnixSeconds > latest || frame.UnixSeconds < FirstSecond)
        {
            return FrameFault.Future;
        }

        if (title is not null && title.HasTaken(frame.UnixSeconds))
        {
            return FrameFault.Past;
        }

        if (lastPrice is { } price && IsTooFar(frame, price))
        {
            return FrameFault.Absurd;
        }

        return IsOutside(frame, said.TimeFrameSeconds, hours) ? FrameFault.OutsideHours : null;
    }

    private static bool IsOutside(in Frame frame, int frameSeconds, MarketHours? hours) =>
        hours is not null && !hours.IsOpenWithin(
            DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds), DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds + frameSeconds));

    private static bool IsTooFar(in Frame frame, decimal price) =>
        frame.High >= price * LargestStep || frame.Low * LargestStep <= price;
}
