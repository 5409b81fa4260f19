using MaoTrade.Market.Indicators;

namespace MaoTrade.Tests.Market.Indicators;

/// <summary>Saved and loaded at every value, an indicator goes on bit for bit.</summary>
public sealed class RunningValuesTests
{
    private const int Period = 9;

    /// <summary>Enough for the longest window here: two of the period and the value before the first return.</summary>
    private const int Refilled = (2 * Period) + 1;

    private static readonly BarSeries Bars = BarSeries.Walk(130, seed: 3);

    public static TheoryData<string> Names =>
        ["sma", "deviation", "ema", "rsi", "volatility", "relative volatility", "volume ratio", "atr", "trend", "macd", "bands", "obv", "mama"];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_indicator_loaded_at_any_value_goes_on_bit_for_bit(string name)
    {
        var undisturbed = Run(name, stopAt: -1);

        for (var stop = 0; stop < Bars.Length; stop++)
        {
            Run(name, stop).Should().Equal(undisturbed, $"it was stopped before value {stop}");
        }
    }

    [Fact]
    public void A_place_of_no_window_is_taken_as_one()
    {
        var average = new Sma(Period);
        Array.ForEach(Bars.Close[..Period], average.Add);

        average.Load([-123.5]);

        average.Value.Should().BeApproximately(Bars.Close[..Period].Average(), 1e-9);
    }

    private static List<long> Run(string name, int stopAt)
    {
        var (indicator, add, values) = Make(name);
        var seen = new List<long>();
        for (var i = 0; i < Bars.Length; i++)
        {
            if (i == stopAt)
            {
                var slots = new double[indicator.SlotCount];
                indicator.Save(slots);
                (indicator, add, values) = Make(name);
                for (var earlier = Math.Max(0, i - Refilled); earlier < i; earlier++)
                {
                    add(Bars[earlier]);
                }

                indicator.Load(slots);
            }

            add(Bars[i]);
            seen.AddRange(values().Select(BitConverter.DoubleToInt64Bits));
        }

        return seen;
    }

    private static (IRunningValues Indicator, Action<Bar> Add, Func<double[]> Values) Make(string name) => name switch
    {
        "sma" => OfClose(new Sma(Period)),
        "deviation" => OfClose(new Deviation(Period)),
        "ema" => OfClose(new Ema(Period)),
        "rsi" => OfClose(new Rsi(Period)),
        "volatility" => OfClose(new Volatility(Period)),
        "relative volatility" => OfClose(new RelativeVolatility(Period, Period)),
        "volume ratio" => OfClose(new VolumeRatio(Period)),
        "atr" => OfBars(new Atr(Period)),
        "trend" => OfBars(new TrendStrength(Period, 2 * Period, Period)),
        "macd" => OfBars(new Macd(Period, 2 * Period, Period)),
        "bands" => OfBars(new BollingerBands(Period, 2)),
        "obv" => OfBars(new OnBalanceVolume()),
        _ => OfBars(new Mama(0.5, 0.05)),
    };

    private static (IRunningValues Indicator, Action<Bar> Add, Func<double[]> Values) OfClose<T>(T indicator)
        where T : IValueIndicator, IRunningValues =>
        (indicator, bar => indicator.Add(bar.Close), () => [indicator.Value]);

    private static (IRunningValues Indicator, Action<Bar> Add, Func<double[]> Values) OfBars<T>(T indicator)
        where T : IBarIndicator, IRunningValues =>
        (indicator, bar => indicator.Add(bar), () => Results(indicator));

    private static double[] Results(IBarIndicator indicator)
    {
        var results = new double[indicator.ResultCount];
        indicator.CopyTo(results);
        return results;
    }
}
