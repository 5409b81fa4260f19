using MaoTrade.Engine.Orders;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Matching;

/// <summary>Where levels are hit inside a candle, on the side that is hit: the ask for buys, the bid for sells.</summary>
internal static class PriceTrigger
{
    /// <summary>A stop is reached from its good side; a gap over it fills at the open. Null when it is not reached.</summary>
    public static decimal? Stop(OrderOpType opType, decimal level, Quote side) => opType == OrderOpType.Buy
        ? side.High >= level ? Math.Max(level, side.Open) : null
        : side.Low <= level ? Math.Min(level, side.Open) : null;

    /// <summary>A limit is reached from its bad side; a gap over it fills at the better open. Null when it is not reached.</summary>
    public static decimal? Limit(OrderOpType opType, decimal level, Quote side) => opType == OrderOpType.Buy
        ? side.Low <= level ? Math.Min(level, side.Open) : null
        : side.High >= level ? Math.Max(level, side.Open) : null;

    /// <summary>A price made worse for the trader.</summary>
    public static decimal Slipped(OrderOpType opType, decimal price, decimal slippage) =>
        opType == OrderOpType.Buy ? price + slippage : Math.Max(0, price - slippage);
}
