using MaoTrade.Engine.Orders;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Matching;

/// <summary>Both sides of a candle: those of the data, or its one price less and plus half the spread.</summary>
internal readonly record struct CandleSides(Quote Bid, Quote Ask)
{
    /// <summary>The sides of a candle.</summary>
    /// <param name="candle">The candle, with its sides where the data has them.</param>
    /// <param name="spread">Distance of bid and ask where the data has one price only.</param>
    public static CandleSides Of(QuotedFrame candle, decimal spread)
    {
        if (candle is { Bid: { } bid, Ask: { } ask })
        {
            return new CandleSides(bid, ask);
        }

        var half = spread / 2;
        return new CandleSides(Shifted(candle.Frame, -half), Shifted(candle.Frame, half));
    }

    /// <summary>What a buyer pays (ask) or a seller gets (bid).</summary>
    public Quote At(OrderOpType opType) => opType == OrderOpType.Buy ? Ask : Bid;

    private static Quote Shifted(Frame frame, decimal by) => new(frame.Open + by, frame.High + by, frame.Low + by, frame.Close + by);
}
