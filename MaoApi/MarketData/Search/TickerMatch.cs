namespace MaoApi.MarketData.Search;

/// <summary>A ticker that was looked for.</summary>
/// <param name="TickerId">Its key.</param>
/// <param name="Symbol">Its symbol, unique.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Market">Where it is traded.</param>
/// <param name="Score">How well it matches, 0 to 100.</param>
internal sealed record TickerMatch(int TickerId, string Symbol, string Name, string Market, int Score)
{
    /// <summary>The best first; of equal ones the shorter symbol.</summary>
    public static IOrderedEnumerable<TickerMatch> Order(IEnumerable<TickerMatch> matches) =>
        matches.OrderByDescending(match => match.Score).ThenBy(match => match.Symbol.Length).ThenBy(match => match.Symbol, StringComparer.Ordinal);
}
