using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Paper.Server;
using MaoTrade.Engine.Orders;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

/// <summary>The live clock, moved by hand.</summary>
public sealed class PaperLiveTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Bars_leave_with_the_clock_and_no_acknowledgement_is_needed()
    {
        var clock = new FakeClock();
        await using var rig = await StartAsync(clock);
        var peer = await rig.ConnectAsync();
        await peer.Manager.SubscribeAsync(PaperRig.Epic, 60, default);
        clock.Advance(3 * Minute);
        var frames = new[] { await peer.NextAsync<FrameEvent>(), await peer.NextAsync<FrameEvent>(), await peer.NextAsync<FrameEvent>() };

        var start = new FakeClock().GetUtcNow().ToUnixTimeSeconds();
        frames.Select(item => item.Frame.UnixSeconds).Should().Equal(start, start + 60, start + 120);
        (await peer.Manager.TimeAsync(default)).Should().Be(clock.GetUtcNow());
    }

    [Fact]
    public async Task The_speed_multiplies_the_wall_time()
    {
        var clock = new FakeClock();
        await using var rig = await StartAsync(clock, speed: 60);
        var peer = await rig.ConnectAsync();
        await peer.Manager.SubscribeAsync(PaperRig.Epic, 60, default);
        clock.Advance(TimeSpan.FromSeconds(2));
        await peer.NextAsync<FrameEvent>();
        await peer.NextAsync<FrameEvent>();

        (await peer.Manager.TimeAsync(default)).Should().Be(new FakeClock().GetUtcNow() + (2 * Minute));
    }

    [Fact]
    public async Task An_order_fills_at_the_opening_after_it_even_without_a_subscription()
    {
        var clock = new FakeClock();
        await using var rig = await StartAsync(clock);
        var peer = await rig.ConnectAsync();
        clock.Advance(TimeSpan.FromSeconds(30));
        (await peer.BuyAsync(1)).Kind.Should().Be(OrderAnswerKind.Accepted);
        await peer.NextAndAckAsync<OrderAcceptedEvent>();
        clock.Advance(TimeSpan.FromSeconds(31));
        var fill = await peer.NextAndAckAsync<FillEvent>();
        clock.Advance(Minute);
        var history = await peer.Manager.HistoryAsync(PaperRig.Epic, 60, 1, default);

        fill.Fill.FrameUnixSeconds.Should().Be(new FakeClock().GetUtcNow().ToUnixTimeSeconds() + 60);
        history.Frames.Single().Open.Should().Be(fill.Fill.Price);
    }

    [Fact]
    public async Task Bars_missed_while_away_come_late_and_the_running_ones_on_time()
    {
        var clock = new FakeClock();
        await using var rig = await StartAsync(clock);
        var peer = await rig.ConnectAsync();
        await peer.Manager.SubscribeAsync(PaperRig.Epic, 60, default);
        clock.Advance(Minute);
        var seen = await peer.NextAndAckAsync<FrameEvent>();
        await peer.Manager.TimeAsync(default);
        await peer.DisposeAsync();
        clock.Advance(3 * Minute);

        var again = await rig.ConnectAsync();
        await again.Manager.SubscribeAsync(PaperRig.Epic, 60, default);
        var missed = new[] { await again.NextAsync<FrameEvent>(), await again.NextAsync<FrameEvent>(), await again.NextAsync<FrameEvent>() };
        clock.Advance(Minute);
        var running = await again.NextAsync<FrameEvent>();

        missed.Should().OnlyContain(item => item.Late);
        missed.Append(running).Select(item => item.Frame.UnixSeconds - seen.Frame.UnixSeconds).Should().Equal(60, 120, 180, 240);
        running.Late.Should().BeFalse();
    }

    [Fact]
    public async Task A_stop_is_watched_while_nobody_is_connected()
    {
        var clock = new FakeClock();
        await using var rig = await StartAsync(clock);
        var peer = await rig.ConnectAsync();
        await peer.Manager.SubscribeAsync(PaperRig.Epic, 60, default);
        await peer.BuyAsync(1, stop: 1_000, limit: null);
        clock.Advance(Minute);
        await peer.NextAndAckAsync<OrderAcceptedEvent>();
        await peer.DisposeAsync();
        clock.Advance(3 * Minute);

        var again = await rig.ConnectAsync();
        var closed = false;
        while (!closed)
        {
            var next = await again.NextAsync();
            await again.AckAsync(next);
            closed = next is FillEvent { Fill: { Action: OrderAction.ClosePosition, OrderType: OrderType.Stop } };
        }

        (await again.PortfolioAsync()).Positions.Should().BeEmpty();
    }

    private static Task<PaperRig> StartAsync(FakeClock clock, double speed = 1) => PaperRig.StartAsync(
        with: options => options with { Clock = PaperClockMode.Live, Epics = [PaperRig.Epic], Speed = speed }, clock: clock);
}
