using MaoTrade.Market.Indicators;

namespace MaoTrade.Tests.Market.Indicators;

/// <summary>The worked examples of StockCharts' ChartSchool (spreadsheets cs-movavg, cs-rsi, cs-atr), value by value.</summary>
public sealed class PublishedTableTests
{
    private static readonly double[] MovingAverageCloses =
    [
        22.2734, 22.1940, 22.0847, 22.1741, 22.1840, 22.1344, 22.2337, 22.4323, 22.2436, 22.2933, 22.1542, 22.3926, 22.3816, 22.6109,
        23.3558, 24.0519, 23.7530, 23.8324, 23.9516, 23.6338, 23.8225, 23.8722, 23.6537, 23.1870, 23.0976, 23.3260, 22.6805, 23.0976,
        22.4025, 22.1725,
    ];

    private static readonly double[] RsiCloses =
    [
        44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328, 45.6140, 46.2820,
        46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783,
        44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
    ];

    private static readonly double[] Highs =
    [
        48.70, 48.72, 48.90, 48.87, 48.82, 49.05, 49.20, 49.35, 49.92, 50.19, 50.12, 49.66, 49.88, 50.19, 50.36, 50.57, 50.65, 50.43,
        49.63, 50.33, 50.29, 50.17, 49.32, 48.50, 48.3201, 46.80, 47.80, 48.39, 48.66, 48.79,
    ];

    private static readonly double[] Lows =
    [
        47.79, 48.14, 48.39, 48.37, 48.24, 48.635, 48.94, 48.86, 49.50, 49.87, 49.20, 48.90, 49.43, 49.725, 49.26, 50.09, 50.30, 49.21,
        48.98, 49.61, 49.20, 49.43, 48.08, 47.64, 41.55, 44.2833, 47.31, 47.20, 47.90, 47.7301,
    ];

    private static readonly double[] Closes =
    [
        48.16, 48.61, 48.75, 48.63, 48.74, 49.03, 49.07, 49.32, 49.91, 50.13, 49.53, 49.50, 49.75, 50.03, 50.31, 50.52, 50.41, 49.34,
        49.37, 50.23, 49.2375, 49.93, 48.43, 48.18, 46.57, 45.41, 47.77, 47.72, 48.62, 47.85,
    ];

    [Fact]
    public void The_simple_average_agrees_with_the_published_column()
    {
        var average = new Sma(10);

        Agree(Feed(MovingAverageCloses, average.Add, () => average.Value), 9, 0.005_1,
            22.22, 22.21, 22.23, 22.26, 22.31, 22.42, 22.61, 22.77, 22.91, 23.08, 23.21, 23.38, 23.53, 23.65, 23.71, 23.69, 23.61, 23.51,
            23.43, 23.28, 23.13);
    }

    [Fact]
    public void The_exponential_average_agrees_with_the_published_column()
    {
        var average = new Ema(10);

        Agree(Feed(MovingAverageCloses, average.Add, () => average.Value), 9, 0.005_1,
            22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.80, 22.97, 23.13, 23.28, 23.34, 23.43, 23.51, 23.54, 23.47, 23.40, 23.39, 23.26,
            23.23, 23.08, 22.92);
    }

    [Fact]
    public void The_relative_strength_agrees_with_the_published_column()
    {
        var strength = new Rsi(14);

        Agree(Feed(RsiCloses, strength.Add, () => strength.Value), 14, 0.001,
            70.5328, 66.3186, 66.5498, 69.4063, 66.3552, 57.9749, 62.9296, 63.2571, 56.0593, 62.3771, 54.7076, 50.4228, 39.9898, 41.4605,
            41.8689, 45.4632, 37.3040, 33.0795, 37.7730);
    }

    [Fact]
    public void The_average_true_range_agrees_with_the_published_column()
    {
        var range = new Atr(14);
        var values = Closes.Select((close, i) =>
        {
            range.Add(Highs[i], Lows[i], close);
            return range.Value;
        });

        Agree([.. values], 13, 0.000_01,
            0.555, 0.593929, 0.585791, 0.568949, 0.615452, 0.61792, 0.642354, 0.674329, 0.69277, 0.775429, 0.78147, 1.209229, 1.30262,
            1.38029, 1.366698, 1.336219, 1.316482);
    }

    private static double[] Feed(double[] input, Action<double> add, Func<double> value) => [.. input.Select(number =>
    {
        add(number);
        return value();
    })];

    private static void Agree(double[] values, int warmUp, double tolerance, params double[] published)
    {
        values[..warmUp].Should().OnlyContain(value => double.IsNaN(value), "nothing is defined before");
        values[warmUp..].Should().HaveSameCount(published);
        values[warmUp..].Zip(published).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
    }
}
