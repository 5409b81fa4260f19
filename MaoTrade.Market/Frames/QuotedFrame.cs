namespace MaoTrade.Market.Frames;

/// <summary>A candle with the two sides behind it, where the source has them.</summary>
/// <param name="Frame">The candle; the middle of bid and ask where both are known.</param>
/// <param name="Bid">Prices a seller gets; null where the source has one price only.</param>
/// <param name="Ask">Prices a buyer pays; null where the source has one price only.</param>
public readonly record struct QuotedFrame(Frame Frame, Quote? Bid, Quote? Ask)
{
    /// <summary>A candle of a source that has both sides: the frame is their middle.</summary>
    public static QuotedFrame FromSides(long unixSeconds, Quote bid, Quote ask, decimal volume) => new(
        new Frame(
            unixSeconds, (bid.Open + ask.Open) / 2, (bid.High + ask.High) / 2, (bid.Low + ask.Low) / 2,
            (bid.Close + ask.Close) / 2, volume),
        bid, ask);
}
