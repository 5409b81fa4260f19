using MaoTrade.Market.Features;
using MaoTrade.Market.Indicators;

namespace MaoTrade.Tests.Market.Indicators;

/// <summary>A whole series at once, or in pieces of any length, has the bits of value by value.</summary>
public sealed class IndicatorBatchTests
{
    public static TheoryData<string> Names => [.. IndicatorCatalog.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_indicator_of_the_catalogue_gives_the_same_at_once_and_bar_by_bar(string name)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var choice = IndicatorCatalog.Parse(name, []).Single();

            Agree(choice.Begin, BarSeries.Walk(200 + (seed * 31), seed).Bars(), new Random(seed));
        }
    }

    [Fact]
    public void The_features_give_the_same_at_once_and_bar_by_bar() =>
        Agree(() => new FeatureCalculator(), BarSeries.Walk(600, seed: 4).Bars(), new Random(4));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(200)]
    public void The_exponential_average_at_once_has_the_bits_of_value_by_value(int period)
    {
        // Far jumps: along a calm market other roundings hardly show.
        var random = new Random(period);
        var values = Enumerable.Range(0, 5_000).Select(_ => 1_000 * random.NextDouble()).ToArray();
        var (streaming, batch) = (new Ema(period), new Ema(period));
        var wanted = values.Select(value =>
        {
            streaming.Add(value);
            return streaming.Value;
        });

        var results = new double[values.Length];
        batch.Add(values.AsSpan(0, 7), results);
        batch.Add(values.AsSpan(7), results.AsSpan(7));

        Bits(results).Should().Equal(Bits(wanted));
        BitConverter.DoubleToInt64Bits(batch.Value).Should().Be(BitConverter.DoubleToInt64Bits(streaming.Value));
    }

    [Fact]
    public void An_indicator_of_one_series_gives_the_same_at_once()
    {
        var values = BarSeries.Walk(300, seed: 2).Close;
        var (streaming, batch) = (new RelativeVolatility(20, 50), new RelativeVolatility(20, 50));
        var results = new double[values.Length];

        batch.Add(values, results);

        foreach (var (value, result) in values.Zip(results))
        {
            streaming.Add(value);
            BitConverter.DoubleToInt64Bits(result).Should().Be(BitConverter.DoubleToInt64Bits(streaming.Value));
        }
    }

    private static void Agree(Func<IBarIndicator> begin, Bar[] bars, Random random)
    {
        var (streaming, batch) = (begin(), begin());
        var count = streaming.ResultCount;
        var wanted = new double[bars.Length * count];
        for (var i = 0; i < bars.Length; i++)
        {
            streaming.Add(bars[i]);
            streaming.CopyTo(wanted.AsSpan(i * count, count));
        }

        var results = new double[wanted.Length];
        for (var (first, length) = (0, 0); first < bars.Length; first += length)
        {
            length = Math.Min(random.Next(1, 100), bars.Length - first);
            batch.Add(bars.AsSpan(first, length), results.AsSpan(first * count, length * count));
        }

        Bits(results).Should().Equal(Bits(wanted));
    }

    private static IEnumerable<long> Bits(IEnumerable<double> numbers) => numbers.Select(BitConverter.DoubleToInt64Bits);
}
