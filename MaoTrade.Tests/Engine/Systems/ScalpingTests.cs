using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Scalping;

namespace MaoTrade.Tests.Engine.Systems;

public sealed class ScalpingTests
{
    private const string Parameters = """{"fast_period":3,"slow_period":8,"rsi_period":6,"max_bars":4,"qty":2}""";

    [Fact]
    public void Decisions_agree_with_the_formulas_worked_out_anew_on_every_frame()
    {
        var frames = SystemBench.Walk(1_200, seed: 5);
        var bench = new SystemBench(() => new ScalpingSystem(), Parameters);

        var decided = frames.Select(frame => bench.Feed(frame).Action).ToArray();

        decided.Should().Equal(Naive([.. frames.Select(f => (double)f.Close)], fast: 3, slow: 8, rsi: 6, maxBars: 4));
        decided.Should().Contain([SystemAction.Buy, SystemAction.Sell, SystemAction.Flat]);
    }

    [Fact]
    public void Stop_and_take_profit_lie_on_their_sides_of_the_close()
    {
        var bench = new SystemBench(() => new ScalpingSystem(), Parameters);
        var opened = SystemBench.Walk(300, seed: 5)
            .Select(frame => (frame.Close, Decision: bench.Feed(frame)))
            .Where(x => x.Decision.Action is SystemAction.Buy or SystemAction.Sell).ToArray();

        opened.Select(x => x.Decision.Action).Distinct().Should().HaveCount(2);
        foreach (var (close, decision) in opened)
        {
            var side = decision.Action == SystemAction.Buy ? 1 : -1;
            decision.Should().Be(new SystemDecision(
                decision.Action, 2m, close * (1 - (side * 0.001m)), close * (1 + (side * 0.002m))), "0.1 % and 0.2 % are the defaults");
        }
    }

    [Theory]
    [InlineData("""{"fast_period":13}""", "params.fast_period")]
    [InlineData("""{"max_bars":0}""", "params.max_bars")]
    [InlineData("""{"take_percent":"x"}""", "params.take_percent")]
    [InlineData("""{"sizing_mode":"risk","sizing_value":0.01,"stop_percent":0}""", "params.sizing_mode")]
    public void Wrong_parameters_are_named(string json, string field) =>
        SystemBench.Check(new ScalpingSystem(), json).Should().ContainSingle().Which.Field.Should().Be(field);

    private static SystemAction[] Naive(double[] closes, int fast, int slow, int rsi, int maxBars)
    {
        var decided = new SystemAction[closes.Length];
        var (side, held) = (0, 0);
        for (var i = 0; i < closes.Length; i++)
        {
            held = side == 0 ? 0 : held + 1;
            if (side != 0)
            {
                if (held >= maxBars)
                {
                    (decided[i], side) = (SystemAction.Flat, 0);
                }
            }
            else if (i >= Math.Max(slow - 1, rsi))
            {
                var (quick, calm, strength) = (Average(closes, i, fast), Average(closes, i, slow), Strength(closes, i, rsi));
                if (quick > calm && strength is > 50 and < 70)
                {
                    (decided[i], side) = (SystemAction.Buy, 1);
                }
                else if (quick < calm && strength is > 30 and < 50)
                {
                    (decided[i], side) = (SystemAction.Sell, -1);
                }
            }
        }

        return decided;
    }

    private static double Average(double[] closes, int last, int period)
    {
        var average = closes[..period].Average();
        for (var i = period; i <= last; i++)
        {
            average = (closes[i] * 2 / (period + 1)) + (average * (period - 1) / (period + 1));
        }

        return average;
    }

    private static double Strength(double[] closes, int last, int period)
    {
        double Change(int i, int sign) => Math.Max(0, sign * (closes[i] - closes[i - 1]));
        var gain = Enumerable.Range(1, period).Average(i => Change(i, 1));
        var loss = Enumerable.Range(1, period).Average(i => Change(i, -1));
        for (var i = period + 1; i <= last; i++)
        {
            gain = ((gain * (period - 1)) + Change(i, 1)) / period;
            loss = ((loss * (period - 1)) + Change(i, -1)) / period;
        }

        return loss == 0 ? 100 : 100 - (100 / (1 + (gain / loss)));
    }
}
