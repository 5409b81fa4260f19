using MaoApi.Data.History;
using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>A bar that was not taken.</summary>
/// <param name="Row">Its place among those that were handed over, the first is 1.</param>
/// <param name="UnixSeconds">Its start.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record BarFault(int Row, long UnixSeconds, string Message);

/// <summary>Which bars the store takes.</summary>
internal static class BarRules
{
    /// <summary>1800-01-01T00:00:00Z.</summary>
    private const long First = -5_364_662_400;

    /// <summary>2200-01-01T00:00:00Z.</summary>
    private const long Last = 7_258_118_400;

    /// <summary>The good bars in the order of time, and what is wrong with the others. Values of a study may be of any sign, prices may not.</summary>
    public static List<Frame> Sift(IReadOnlyList<Frame> bars, string source, List<BarFault> faults)
    {
        var isPrice = !source.StartsWith(TickerSources.Study, StringComparison.Ordinal);
        var good = new List<(Frame Bar, int Row)>(bars.Count);
        for (var i = 0; i < bars.Count; i++)
        {
            if (Check(bars[i], isPrice) is { } message)
            {
                faults.Add(new BarFault(i + 1, bars[i].UnixSeconds, message));
            }
            else
            {
                good.Add((bars[i], i + 1));
            }
        }

        // Rows of one time stay in the order they came in, so that the first of them is the one that is kept.
        good.Sort(static (one, other) => (one.Bar.UnixSeconds, one.Row).CompareTo((other.Bar.UnixSeconds, other.Row)));
        var sifted = new List<Frame>(good.Count);
        foreach (var (bar, row) in good)
        {
            if (sifted.Count == 0 || sifted[^1].UnixSeconds < bar.UnixSeconds)
            {
                sifted.Add(bar);
            }
            else if (sifted[^1] != bar)
            {
                faults.Add(new BarFault(row, bar.UnixSeconds, "the time is there already, with other values"));
            }
        }

        return sifted;
    }

    private static string? Check(Frame bar, bool isPrice) =>
        bar.UnixSeconds is < First or >= Last ? "the time is not between 1800 and 2200"
        : bar.High < bar.Low ? "high is below low"
        : bar.High < Math.Max(bar.Open, bar.Close) || bar.Low > Math.Min(bar.Open, bar.Close) ? "high and low do not enclose the others"
        : isPrice && bar.Low <= 0 ? "a price is not above 0"
        : isPrice && bar.Volume < 0 ? "the volume is below 0"
        : null;
}
