using MaoTrade.Market.Frames;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Bars such as an instrument has: prices of two digits behind the point, five days a week.</summary>
internal static class BarSample
{
    private const int Day = 86_400;

    /// <summary>Days from 2000-01-03 on, a Monday.</summary>
    public static List<Frame> Days(int count, int seed)
    {
        const long Monday = 946_857_600;
        var random = new Random(seed);
        var bars = new List<Frame>(count);
        var close = 5_000 + random.Next(10_000);
        for (var day = 0; bars.Count < count; day++)
        {
            if (day % 7 >= 5)
            {
                continue;
            }

            var open = close;
            close = Math.Max(100, close + random.Next(-150, 151));
            var (high, low) = (Math.Max(open, close) + random.Next(80), Math.Max(50, Math.Min(open, close) - random.Next(50)));
            bars.Add(new Frame(
                Monday + ((long)day * Day), new decimal(open, 0, 0, false, 2), new decimal(high, 0, 0, false, 2), new decimal(low, 0, 0, false, 2),
                new decimal(close, 0, 0, false, 2), random.Next(1_000_000)));
        }

        return bars;
    }
}
