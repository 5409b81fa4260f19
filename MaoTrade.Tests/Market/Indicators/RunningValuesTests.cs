using MaoTrade.Market.Indicators;

namespace MaoTrade.Tests.Market.Indicators;

/// <summary>Saved and loaded at every value, an indicator goes on bit for bit.</summary>
public sealed class RunningValuesTests
{
    private const int Period = 9;
    private static readonly double[] Values = Walk();

    public static TheoryData<string> Names => ["sma", "ema", "rsi", "atr"];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_indicator_loaded_at_any_value_goes_on_bit_for_bit(string name)
    {
        var undisturbed = Run(name, stopAt: -1);

        for (var stop = 0; stop < Values.Length; stop++)
        {
            Run(name, stop).Should().Equal(undisturbed, $"it was stopped before value {stop}");
        }
    }

    private static List<long> Run(string name, int stopAt)
    {
        var (indicator, add, value) = Make(name);
        var seen = new List<long>();
        for (var i = 0; i < Values.Length; i++)
        {
            if (i == stopAt)
            {
                var slots = new double[indicator.SlotCount];
                indicator.Save(slots);
                (indicator, add, value) = Make(name);
                foreach (var number in Values[Math.Max(0, i - Period)..i])
                {
                    add(number);
                }

                indicator.Load(slots);
            }

            add(Values[i]);
            seen.Add(BitConverter.DoubleToInt64Bits(value()));
        }

        return seen;
    }

    private static (IRunningValues Indicator, Action<double> Add, Func<double> Value) Make(string name)
    {
        switch (name)
        {
            case "sma":
                var sma = new Sma(Period);
                return (sma, sma.Add, () => sma.Value);
            case "ema":
                var ema = new Ema(Period);
                return (ema, ema.Add, () => ema.Value);
            case "rsi":
                var rsi = new Rsi(Period);
                return (rsi, rsi.Add, () => rsi.Value);
            default:
                var atr = new Atr(Period);
                return (atr, number => atr.Add(number + 0.3, number - 0.2, number), () => atr.Value);
        }
    }

    private static double[] Walk()
    {
        var random = new Random(3);
        var price = 100d;
        return [.. Enumerable.Range(0, 120).Select(_ => price += random.NextDouble() - 0.5)];
    }
}
