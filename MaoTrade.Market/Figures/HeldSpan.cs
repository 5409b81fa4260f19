namespace MaoTrade.Market.Figures;

/// <summary>A time a position was open, market time.</summary>
/// <param name="From">Its opening fill.</param>
/// <param name="To">Its closing fill, or now.</param>
public readonly record struct HeldSpan(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>
    /// Part of [from, to) at which at least one position was open: spans that overlap count once. Null where there is no time between. Over bars
    /// without gaps it is the part of the bars at whose close one was open.
    /// </summary>
    public static double? Exposure(IEnumerable<HeldSpan> spans, DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
        {
            return null;
        }

        var open = TimeSpan.Zero;
        var until = from;
        foreach (var span in spans.OrderBy(span => span.From))
        {
            var begin = span.From > until ? span.From : until;
            var end = span.To < to ? span.To : to;
            if (end > begin)
            {
                open += end - begin;
                until = end;
            }
        }

        return (double)open.Ticks / (to - from).Ticks;
    }
}
