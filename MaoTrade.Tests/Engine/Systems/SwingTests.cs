using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Swing;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Systems;

public sealed class SwingTests
{
    private const int Trend = 20;
    private const int Entry = 9;
    private const int Exit = 5;
    private const int Range = 7;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decisions_agree_with_the_formulas_worked_out_anew_on_every_frame(bool sellsShort)
    {
        var frames = SystemBench.Walk(1_500, seed: 9);
        var bench = new SystemBench(() => new SwingSystem(), Parameters(sellsShort));

        var decided = frames.Select(bench.Feed).ToArray();

        decided.Select(d => d.Action).Should().Equal(Naive(frames, sellsShort));
        decided.Select(d => d.Action).Should().Contain([SystemAction.Buy, SystemAction.Flat]);
        decided.Any(d => d.Action == SystemAction.Sell).Should().Be(sellsShort);
    }

    [Fact]
    public void The_stop_is_two_true_ranges_below_the_close()
    {
        var frames = SystemBench.Walk(400, seed: 9);
        var bench = new SystemBench(() => new SwingSystem(), Parameters(false));
        for (var i = 0; i < frames.Length; i++)
        {
            var decision = bench.Feed(frames[i]);
            if (decision.Action == SystemAction.Buy)
            {
                var distance = frames[i].Close - decision.StopPrice!.Value;
                ((double)distance).Should().BeApproximately(2 * TrueRange(frames, i), 1e-9, $"it bought at frame {i}");
            }
        }

        bench.Qty.Should().BeGreaterThanOrEqualTo(0);
    }

    private static string Parameters(bool sellsShort) =>
        $$"""{"trend_period":{{Trend}},"entry_period":{{Entry}},"exit_period":{{Exit}},"atr_period":{{Range}},"short":{{(sellsShort ? "true" : "false")}}}""";

    private static SystemAction[] Naive(Frame[] frames, bool sellsShort)
    {
        var decided = new SystemAction[frames.Length];
        var side = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            var close = frames[i].Close;
            if (side != 0)
            {
                var leaves = side > 0 ? close < frames[(i - Exit)..i].Min(f => f.Low) : close > frames[(i - Exit)..i].Max(f => f.High);
                (decided[i], side) = leaves ? (SystemAction.Flat, 0) : (SystemAction.NoAction, side);
                continue;
            }

            if (i < Trend - 1)
            {
                continue;
            }

            var average = frames[(i - Trend + 1)..(i + 1)].Average(f => f.Close);
            if (close > average && close > frames[(i - Entry)..i].Max(f => f.High))
            {
                (decided[i], side) = (SystemAction.Buy, 1);
            }
            else if (sellsShort && close < average && close < frames[(i - Entry)..i].Min(f => f.Low))
            {
                (decided[i], side) = (SystemAction.Sell, -1);
            }
        }

        return decided;
    }

    private static double TrueRange(Frame[] frames, int last)
    {
        double Of(int i) => (double)(i == 0
            ? frames[0].High - frames[0].Low
            : Math.Max(frames[i].High, frames[i - 1].Close) - Math.Min(frames[i].Low, frames[i - 1].Close));
        var average = Enumerable.Range(0, Range).Average(Of);
        for (var i = Range; i <= last; i++)
        {
            average = ((average * (Range - 1)) + Of(i)) / Range;
        }

        return average;
    }
}
