namespace MaoTrade.Engine.Brokers.Matching;

/// <summary>Arithmetic of a net position.</summary>
internal static class Netting
{
    /// <summary>
    /// A signed quantity at a price joins a signed position. More of the same side averages the price; the opposite side
    /// realises (price − average) · quantity closed, and what is left over opens the other side at the price.
    /// </summary>
    /// <returns>The new position and the profit realised, null when nothing was closed.</returns>
    public static (decimal Qty, decimal AvgPrice, decimal? Pnl) Join(decimal qty, decimal avgPrice, decimal joining, decimal price)
    {
        var sum = qty + joining;
        if (qty == 0 || Math.Sign(qty) == Math.Sign(joining))
        {
            return (sum, sum == 0 ? 0 : ((qty * avgPrice) + (joining * price)) / sum, null);
        }

        var closed = Math.Min(Math.Abs(qty), Math.Abs(joining));
        var pnl = (price - avgPrice) * closed * Math.Sign(qty);
        return (sum, sum == 0 ? 0 : Math.Sign(sum) == Math.Sign(qty) ? avgPrice : price, pnl);
    }
}
