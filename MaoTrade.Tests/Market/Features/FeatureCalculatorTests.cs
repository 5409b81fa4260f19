using MaoTrade.Market.Features;
using MaoTrade.Tests.Market.Indicators;

namespace MaoTrade.Tests.Market.Features;

public sealed class FeatureCalculatorTests
{
    private static readonly BarSeries Bars = BarSeries.Walk(700, seed: 11);

    [Fact]
    public void Every_feature_is_defined_when_it_says_so_and_not_all_of_them_before()
    {
        var rows = Rows(Bars, new FeatureCalculator(), out var warmAt);

        warmAt.Should().Be(FeatureCalculator.WarmUpBars - 1);
        rows[warmAt - 1].Should().Contain(double.NaN);
        rows[warmAt].Should().OnlyContain(value => double.IsFinite(value));
    }

    [Fact]
    public void Later_bars_never_change_earlier_rows()
    {
        var whole = Rows(Bars, new FeatureCalculator(), out _);

        for (var cut = 1; cut < Bars.Length; cut += 37)
        {
            var rows = Rows(Bars.Cut(cut), new FeatureCalculator(), out _);
            for (var i = 0; i < cut; i++)
            {
                Bits(rows[i]).Should().Equal(Bits(whole[i]), $"row {i} of {cut} bars knows nothing later");
            }
        }
    }

    [Fact]
    public void Loaded_after_the_last_bars_it_goes_on_bit_for_bit()
    {
        var whole = Rows(Bars, new FeatureCalculator(), out _);
        var undisturbed = new FeatureCalculator();
        for (var stop = 0; stop < Bars.Length; stop++)
        {
            if (stop % 7 == 0)
            {
                GoesOn(undisturbed, stop, whole);
            }

            Add(undisturbed, stop);
        }
    }

    private static void GoesOn(FeatureCalculator undisturbed, int stop, double[][] whole)
    {
        var slots = new double[undisturbed.SlotCount];
        undisturbed.Save(slots);
        var resumed = new FeatureCalculator();
        for (var i = Math.Max(0, stop - FeatureCalculator.WarmUpBars); i < stop; i++)
        {
            Add(resumed, i);
        }

        resumed.Load(slots);
        var row = new double[FeatureNames.Count];
        for (var i = stop; i < Math.Min(Bars.Length, stop + 250); i++)
        {
            Add(resumed, i);
            resumed.CopyTo(row);
            Bits(row).Should().Equal(Bits(whole[i]), $"it was stopped before bar {stop} and is at bar {i}");
        }
    }

    private static double[][] Rows(BarSeries bars, FeatureCalculator features, out int warmAt)
    {
        var rows = new double[bars.Length][];
        warmAt = -1;
        for (var i = 0; i < bars.Length; i++)
        {
            features.Add(bars.High[i], bars.Low[i], bars.Close[i], bars.Volume[i]);
            features.CopyTo(rows[i] = new double[FeatureNames.Count]);
            warmAt = warmAt < 0 && features.IsWarm ? i : warmAt;
        }

        return rows;
    }

    private static void Add(FeatureCalculator features, int i) => features.Add(Bars.High[i], Bars.Low[i], Bars.Close[i], Bars.Volume[i]);

    private static IEnumerable<long> Bits(double[] row) => row.Select(BitConverter.DoubleToInt64Bits);
}
