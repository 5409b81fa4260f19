namespace MaoApi.MarketData.Search;

/// <summary>A ticker as it is looked for.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Market">Where it is traded.</param>
/// <param name="IsEnabled">Whether it may be found.</param>
/// <param name="Modified">When the row was last changed: the same moment, the same row.</param>
internal sealed record TickerEntry(int Key, string Symbol, string Name, string Market, bool IsEnabled, DateTimeOffset Modified);
