using MaoTrade.Engine.Brokers.Paper.Prices;
using MaoTrade.Engine.Orders;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Both sides of a candle: those of the data, or its one price less and plus half the spread.</summary>
internal readonly record struct PaperSides(Quote Bid, Quote Ask)
{
    public static PaperSides Of(QuotedFrame candle, PaperInstrument instrument, PaperBrokerOptions options)
    {
        if (candle is { Bid: { } bid, Ask: { } ask })
        {
            return new PaperSides(bid, ask);
        }

        var half = (options.Spread ?? instrument.Spread) / 2;
        return new PaperSides(Shifted(candle.Frame, -half), Shifted(candle.Frame, half));
    }

    /// <summary>What a buyer pays (ask) or a seller gets (bid).</summary>
    public Quote At(OrderOpType opType) => opType == OrderOpType.Buy ? Ask : Bid;

    private static Quote Shifted(Frame frame, decimal by) => new(frame.Open + by, frame.High + by, frame.Low + by, frame.Close + by);
}
