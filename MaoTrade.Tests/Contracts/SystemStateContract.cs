using MaoTrade.Engine.Systems;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Engine.Systems;

namespace MaoTrade.Tests.Contracts;

/// <summary>
/// What every trading system owes its framework: stopped before any frame and gone on with from what is stored, it decides
/// the same as if it had never stopped, bit for bit.
/// </summary>
public abstract class SystemStateContract
{
    protected abstract string Parameters { get; }

    protected virtual Frame[] Frames { get; } = SystemBench.Walk(260, seed: 11);

    protected abstract TradingSystem Make();

    [Fact]
    public void Resuming_before_every_frame_changes_no_decision()
    {
        var undisturbed = Run(stopAt: -1);
        undisturbed.Select(d => d.Action).Distinct().Should().HaveCountGreaterThan(1, "the walk must make it act");

        for (var frame = 0; frame < Frames.Length; frame++)
        {
            Run(frame).Should().Equal(undisturbed, $"it was resumed before frame {frame}");
        }
    }

    [Fact]
    public void Resuming_again_and_again_changes_no_decision() =>
        Run(stopAt: -1, everyFrame: true).Should().Equal(Run(stopAt: -1));

    [Fact]
    public void What_is_stored_is_the_same_text_after_a_restart()
    {
        var bench = new SystemBench(Make, Parameters);
        foreach (var frame in Frames[..100])
        {
            bench.Feed(frame);
        }

        var stored = bench.System.WriteState();
        bench.Restart();

        bench.System.WriteState().Should().Be(stored);
    }

    [Fact]
    public void A_forming_frame_is_no_frame()
    {
        var bench = new SystemBench(Make, Parameters);
        foreach (var frame in Frames[..60])
        {
            bench.Feed(frame);
        }

        var stored = bench.System.WriteState();
        var forming = new SystemFrame(Frames[60] with { Close = 1m }, false, false, default);

        bench.System.ProcessData(forming, bench.Portfolio).Should().Be(SystemDecision.None);
        bench.System.SaveChanges();
        bench.System.WriteState().Should().Be(stored);
    }

    private List<SystemDecision> Run(int stopAt, bool everyFrame = false)
    {
        var bench = new SystemBench(Make, Parameters);
        var decided = new List<SystemDecision>();
        for (var i = 0; i < Frames.Length; i++)
        {
            if (i == stopAt || everyFrame)
            {
                bench.Restart();
            }

            decided.Add(bench.Feed(Frames[i]));
        }

        return decided;
    }
}
