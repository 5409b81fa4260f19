namespace MaoTrade.Market.Metastock;

/// <summary>What the index says of an instrument that is written.</summary>
internal sealed record MetastockListing(MetastockInstrument Instrument, DateTime? First, DateTime? Last)
{
    public static MetastockListing Of(MetastockSeries series) => series.Frames.Count == 0
        ? new MetastockListing(series.Instrument, null, null)
        : new MetastockListing(series.Instrument, At(series.Frames[0].UnixSeconds), At(series.Frames[^1].UnixSeconds));

    private static DateTime At(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime;
}
