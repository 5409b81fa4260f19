namespace MaoTrade.Market.Frames;

/// <summary>One candle of one instrument. Prices are quotes (mid where the source has bid and ask).</summary>
/// <param name="UnixSeconds">Start of the candle, seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Traded volume; 0 where the source has none.</param>
public readonly record struct Frame(
    long UnixSeconds, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
