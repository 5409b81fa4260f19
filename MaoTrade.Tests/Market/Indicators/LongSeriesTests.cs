using MaoTrade.Market.Indicators;

namespace MaoTrade.Tests.Market.Indicators;

/// <summary>A million values with huge and flat stretches: each result is that of its window alone, to 1e-9.</summary>
public sealed class LongSeriesTests
{
    private const int Length = 1_000_000;
    private const double Relative = 1e-9;

    private static readonly double[] Values = Make();

    public static TheoryData<int> Periods => [2, 20, 50, 200];

    [Theory]
    [MemberData(nameof(Periods))]
    public void Means_and_deviations_stay_those_of_the_window(int period)
    {
        var (mean, deviation) = (new Sma(period), new Deviation(period));
        for (var i = 0; i < Length; i++)
        {
            mean.Add(Values[i]);
            deviation.Add(Values[i]);
            if (i >= period - 1 && IsLookedAt(i))
            {
                var (exactMean, exactSquares) = Exact(Values.AsSpan(i - period + 1, period));
                Near(mean.Value, exactMean, i);
                Near(deviation.Mean, exactMean, i);
                Near(deviation.Population, Math.Sqrt(exactSquares / period), i);
                Near(deviation.Value, Math.Sqrt(exactSquares / (period - 1)), i);
            }
        }
    }

    [Fact]
    public void Where_nothing_moves_the_mean_is_the_value_and_the_deviation_exactly_0()
    {
        var (mean, bands) = (new Sma(20), new BollingerBands(20, 2));
        foreach (var value in Values.AsSpan(0, 50_000))
        {
            mean.Add(value);
            bands.Add(value);
        }

        for (var i = 0; i < 45; i++)
        {
            mean.Add(0.1);
            bands.Add(0.1);
            if (i >= 19)
            {
                (mean.Value, bands.Middle, bands.Upper, bands.Lower, bands.Width).Should().Be((0.1, 0.1, 0.1, 0.1, 0));
            }
        }
    }

    [Fact]
    public void What_is_no_number_leaves_no_trace_when_it_has_left_the_window()
    {
        var (mean, deviation, highest) = (new Sma(20), new Deviation(20), new Highest(20));
        for (var i = 0; i < 500; i++)
        {
            var value = i == 113 ? double.NaN : i == 217 ? double.PositiveInfinity : i % 7;
            mean.Add(value);
            deviation.Add(value);
            highest.Add(value);
            if (i is (> 40 and < 113) or (> 133 and < 217) or > 237)
            {
                (double.IsFinite(mean.Value) && double.IsFinite(deviation.Value)).Should().BeTrue($"value {i} is a number again");
                highest.Value.Should().Be(6);
            }
        }
    }

    [Fact]
    public void The_exponential_average_stays_that_of_28_digits()
    {
        var average = new Ema(20);
        decimal exact = 0;
        for (var i = 0; i < Length; i++)
        {
            average.Add(Values[i]);
            var value = (decimal)Values[i];
            exact = i < 20 ? exact + (value / 20) : exact + (2m / 21 * (value - exact));
            if (i >= 20 && IsLookedAt(i))
            {
                Near(average.Value, (double)exact, i);
            }
        }
    }

    [Fact]
    public void On_balance_volume_stays_the_exact_sum_where_huge_volumes_come_and_go()
    {
        var balance = new OnBalanceVolume();
        var (close, exact) = (1_000d, 0m);
        for (var i = 0; i < Length; i++)
        {
            // Each thousand ends with a huge volume that rises and the same that falls.
            var (step, volume) = (i % 1_000) switch { 998 => (1, 1e17), 999 => (-1, 1e17), _ => (Math.Sign(Values[i] - 100), i % 17 / 8d) };
            close += step;
            balance.Add(close, volume);
            exact += (i == 0 ? 1 : step) * (decimal)volume;
            if (IsLookedAt(i))
            {
                Near(balance.Value, (double)exact, i);
            }
        }
    }

    /// <summary>Now and then, and densely around the edges of the stretches.</summary>
    private static bool IsLookedAt(int i) => i % 997 == 0 || i % 100_000 < 450 || i % 100_000 is > 50_000 and < 50_450;

    private static void Near(double value, double exact, int i) =>
        (Math.Abs(value - exact) <= Relative * Math.Abs(exact)).Should().BeTrue($"value {i} gives {value:R}, exactly {exact:R}");

    /// <summary>Mean and sum of squared distances from it, in two passes with corrected sums.</summary>
    private static (double Mean, double Squares) Exact(ReadOnlySpan<double> window)
    {
        var mean = 0m;
        foreach (var value in window)
        {
            mean += (decimal)value / window.Length;
        }

        var squares = 0d;
        foreach (var value in window)
        {
            var distance = (double)((decimal)value - mean);
            squares += distance * distance;
        }

        return ((double)mean, squares);
    }

    /// <summary>A walk in whole hundredths, so that decimals hold it; every 100,000 a huge stretch, and later a flat one.</summary>
    private static double[] Make()
    {
        var random = new Random(17);
        var cents = 10_000;
        var values = new double[Length];
        for (var i = 0; i < Length; i++)
        {
            cents = Math.Max(100, cents + (i % 100_000 is > 50_000 and < 50_400 ? 0 : random.Next(-50, 51)));
            values[i] = i >= 100_000 && i % 100_000 < 120 ? 1e12 + cents : cents / 100d;
        }

        return values;
    }
}
