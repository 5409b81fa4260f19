using System.Text.Json;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.MacdCrossover;
using MaoTrade.Engine.Systems.Parameters;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Systems;

public sealed class MacdCrossoverTests
{
    private const int Fast = 3;
    private const int Slow = 8;

    [Fact]
    public void Decisions_agree_with_averages_worked_out_anew_on_every_frame()
    {
        var closes = Walk(1_500);

        var decided = Run(closes, resumeAt: -1);

        decided.Should().Equal(Naive(closes));
        decided.Should().Contain("B").And.Contain("F", "the walk must cross both ways");
    }

    [Fact]
    public void Resuming_at_every_frame_changes_no_decision()
    {
        var closes = Walk(200);
        var undisturbed = Run(closes, resumeAt: -1);

        for (var frame = 0; frame < closes.Length; frame++)
        {
            Run(closes, resumeAt: frame).Should().Equal(undisturbed, $"it was resumed before frame {frame}");
        }
    }

    [Fact]
    public void Averages_that_touch_without_crossing_are_equal_exactly()
    {
        // 1/3 steps: as floating averages these would differ in the last digit, and a cross would be seen.
        decimal[] closes = [.. Enumerable.Repeat(0.1m, 20), .. Enumerable.Repeat(0.3m, 3), .. Enumerable.Repeat(0.1m, 30)];

        Run(closes, resumeAt: -1).Should().Equal(Naive(closes));
    }

    [Theory]
    [InlineData("""{"fast_period":8,"slow_period":8}""", "params.fast_period", "range")]
    [InlineData("""{"fast_period":0,"slow_period":8}""", "params.fast_period", "range")]
    [InlineData("""{"fast_period":2.5}""", "params.fast_period", "type")]
    [InlineData("""{"fast_period":"10"}""", "params.fast_period", "type")]
    [InlineData("""{"stop_percent":-1}""", "params.stop_percent", "range")]
    [InlineData("""{"quantity":1}""", "params.quantity", "unknown")]
    public void Wrong_parameters_are_named(string json, string field, string code)
    {
        var errors = new List<SignalError>();
        var system = new MacdCrossoverSystem();
        var parameters = ParameterSet.Read(system.Parameters, JsonDocument.Parse(json).RootElement, errors);
        if (errors.Count == 0)
        {
            system.ValidateSignal(parameters, default, errors);
        }

        errors.Should().ContainSingle().Which.Should().Match<SignalError>(e => e.Field == field && e.Code == code);
    }

    /// <summary>B, F or - per frame, filled at once.</summary>
    private static List<string> Run(decimal[] closes, int resumeAt)
    {
        var (system, parameters) = Make(new SystemState());
        system.Initialize(default, isFirst: true);
        var kept = new List<Frame>();
        var qty = 0m;
        var decided = new List<string>();
        for (var i = 0; i < closes.Length; i++)
        {
            if (i == resumeAt)
            {
                var state = SystemStateDocument.Read(system.WriteState()).State;
                (system, parameters) = Make(state);
                system.Resume([.. kept.TakeLast(system.ResumeFrames(parameters))], new SystemPortfolio(qty, 0, 0, 0), default);
            }

            var frame = new Frame(i * 60, closes[i], closes[i], closes[i], closes[i], 0);
            var decision = system.ProcessData(new SystemFrame(frame, true, false, default), new SystemPortfolio(qty, 0, 0, 0));
            kept.Add(frame);
            decided.Add(decision.Action switch { SystemAction.Buy => "B", SystemAction.Flat => "F", _ => "-" });
            qty = decision.Action switch { SystemAction.Buy => 100m, SystemAction.Flat => 0m, _ => qty };
        }

        return decided;
    }

    private static List<string> Naive(decimal[] closes)
    {
        var decided = new List<string>();
        var isLong = false;
        for (var i = 0; i < closes.Length; i++)
        {
            var action = "-";
            if (i >= Slow)
            {
                var before = Difference(closes, i - 1);
                var now = Difference(closes, i);
                if (before <= 0 && now > 0 && !isLong)
                {
                    (action, isLong) = ("B", true);
                }
                else if (before >= 0 && now < 0 && isLong)
                {
                    (action, isLong) = ("F", false);
                }
            }

            decided.Add(action);
        }

        return decided;
    }

    /// <summary>Sign of fast − slow, from whole sums: sum(fast)·slow − sum(slow)·fast.</summary>
    private static decimal Difference(decimal[] closes, int last) =>
        (closes[(last - Fast + 1)..(last + 1)].Sum() * Slow) - (closes[(last - Slow + 1)..(last + 1)].Sum() * Fast);

    private static (MacdCrossoverSystem System, ParameterSet Parameters) Make(SystemState state)
    {
        var system = new MacdCrossoverSystem();
        var json = JsonDocument.Parse($$"""{"fast_period":{{Fast}},"slow_period":{{Slow}},"stop_percent":1,"qty":100}""");
        var parameters = ParameterSet.Read(system.Parameters, json.RootElement, []);
        system.Bind(parameters, state, SystemBench.Context);
        return (system, parameters);
    }

    private static decimal[] Walk(int count)
    {
        var random = new Random(42);
        var price = 100m;
        return [.. Enumerable.Range(0, count).Select(_ => price += Math.Round(((decimal)random.NextDouble() - 0.5m) * 2m, 1))];
    }
}
