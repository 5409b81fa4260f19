using MaoTrade.Engine.Brokers;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

public sealed class PaperSpeedTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Bars = 5_000;

    [Fact]
    public async Task Bars_in_lockstep_do_not_hold_up_a_replay()
    {
        await using var rig = await PaperRig.StartAsync(with: options => options with { Epics = ["EURUSD"] });
        var peer = await rig.ConnectAsync();
        await peer.Manager.SubscribeAsync("EURUSD", 60, default);
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Bars; i++)
        {
            await peer.NextAndAckAsync<FrameEvent>();
        }

        var rate = Bars / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        output.WriteLine($"{rate:0} bars/s");
        rate.Should().BeGreaterThan(500, "even a busy machine is not to be slower");
    }
}
