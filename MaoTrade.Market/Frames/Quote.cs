namespace MaoTrade.Market.Frames;

/// <summary>One side (bid or ask) of a candle.</summary>
public readonly record struct Quote(decimal Open, decimal High, decimal Low, decimal Close)
{
    /// <summary>The same side of two candles that follow each other.</summary>
    public Quote Merge(Quote next) => new(Open, Math.Max(High, next.High), Math.Min(Low, next.Low), next.Close);
}
