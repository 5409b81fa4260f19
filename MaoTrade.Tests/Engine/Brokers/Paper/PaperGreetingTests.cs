using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Paper.Server;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

/// <summary>What the greeting tells of the market, and that the broker keeps to it.</summary>
public sealed class PaperGreetingTests
{
    [Fact]
    public async Task In_lockstep_market_time_has_no_speed_and_any_length_is_served()
    {
        await using var rig = await PaperRig.StartAsync(PaperRig.Bars("1 1 1 1"));
        var peer = await rig.ConnectAsync();

        peer.Manager.Capabilities.MarketSecondsPerSecond.Should().BeNull();
        peer.Manager.Capabilities.TimeFrames.Should().BeEmpty();
    }

    [Fact]
    public async Task In_the_live_clock_the_speed_is_told_also_after_a_change()
    {
        await using var rig = await PaperRig.StartAsync(with: o => o with { Clock = PaperClockMode.Live, Speed = 60, Epics = [PaperRig.Epic] });
        var peer = await rig.ConnectAsync();
        peer.Manager.Capabilities.MarketSecondsPerSecond.Should().Be(60);

        await rig.RestartAsync(o => o with { Speed = 0.5 });
        await peer.NextAsync<BrokerDisconnected>();
        await peer.NextAsync<BrokerConnected>();
        peer.Manager.Capabilities.MarketSecondsPerSecond.Should().Be(0.5);
    }

    [Fact]
    public async Task Other_lengths_than_those_told_are_refused_for_frames_and_for_history()
    {
        await using var rig = await PaperRig.StartAsync(with: o => o with { Epics = [PaperRig.Epic], TimeFrames = [60, 300] });
        var peer = await rig.ConnectAsync();

        peer.Manager.Capabilities.TimeFrames.Should().Equal(60, 300);
        (await peer.Manager.SubscribeAsync(PaperRig.Epic, 3_600, default)).Should().Be(MarketDataResult.InvalidTimeFrame);
        (await peer.Manager.HistoryAsync(PaperRig.Epic, 3_600, 1, default)).Result.Should().Be(MarketDataResult.InvalidTimeFrame);
        (await peer.Manager.SubscribeAsync(PaperRig.Epic, 300, default)).Should().Be(MarketDataResult.Ok);
    }
}
