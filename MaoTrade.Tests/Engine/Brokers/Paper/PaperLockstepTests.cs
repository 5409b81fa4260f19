using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Paper.Server;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

public sealed class PaperLockstepTests
{
    private static readonly string Flat = PaperRig.Bars("10 10 10 10", "11 11 11 11", "12 12 12 12", "13 13 13 13");

    [Fact]
    public async Task Nothing_leaves_before_the_first_subscription_and_one_bar_after_it()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var peer = await rig.ConnectAsync();
        await peer.PortfolioAsync();
        (await peer.Manager.SubscribeAsync(PaperRig.Epic, PaperRig.Day, default)).Should().Be(MarketDataResult.Ok);
        var first = await peer.NextAsync<FrameEvent>();

        first.Should().BeEquivalentTo(new { Closed = true, Late = false, TimeFrameSeconds = PaperRig.Day });
        first.Frame.UnixSeconds.Should().Be(PaperRig.Frame(0));
        await NothingMoreAsync(peer);
    }

    [Fact]
    public async Task A_bar_waits_for_the_acknowledgement_of_every_earlier_event_of_its_epic()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var peer = await rig.SubscribedAsync();
        var frame = await peer.NextAsync<FrameEvent>();
        await peer.BuyAsync(1);
        var accepted = await peer.NextAsync<OrderAcceptedEvent>();
        await peer.AckAsync(frame);
        await NothingMoreAsync(peer);

        await peer.AckAsync(accepted);
        var fill = await peer.NextAsync<FillEvent>();
        await NothingMoreAsync(peer);

        await peer.AckAsync(fill);
        (await peer.NextAsync<FrameEvent>()).Frame.UnixSeconds.Should().Be(PaperRig.Frame(1));
    }

    [Fact]
    public async Task Unacknowledged_events_come_again_under_the_same_ids_and_the_bars_go_on_from_there()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var before = await rig.SubscribedAsync();
        var frame = await before.NextAsync<FrameEvent>();
        await before.BuyAsync(1);
        var accepted = await before.NextAsync<OrderAcceptedEvent>();
        await before.DisposeAsync();

        var after = await rig.ConnectAsync();
        (await after.NextAsync<FrameEvent>()).Should().Be(frame);
        (await after.NextAsync<OrderAcceptedEvent>()).Should().Be(accepted);
        await after.AckAsync(frame);
        await after.AckAsync(accepted);
        await NothingMoreAsync(after);

        await after.Manager.SubscribeAsync(PaperRig.Epic, PaperRig.Day, default);
        await after.NextAndAckAsync<FillEvent>();
        (await after.NextAsync<FrameEvent>()).Frame.UnixSeconds.Should().Be(PaperRig.Frame(1));
    }

    [Fact]
    public async Task A_newer_connection_replaces_the_older_one_for_good()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var old = await rig.SubscribedAsync();
        await old.NextAsync<FrameEvent>();
        await rig.ConnectAsync();

        (await old.NextAsync<BrokerDisconnected>()).ForGood.Should().BeTrue();
        (await old.BuyAsync(1)).Kind.Should().Be(OrderAnswerKind.NotSent);
    }

    [Fact]
    public async Task The_end_of_the_data_is_said_and_nothing_moves_after_it()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(4);
        await peer.AckAsync(events[^1]);
        var end = await peer.NextAndAckAsync<MarketDataEvent>();

        end.Should().BeEquivalentTo(new { PaperRig.Epic, Restored = false });
        await NothingMoreAsync(peer);
    }

    [Fact]
    public async Task An_unknown_epic_or_an_odd_time_frame_fails_alone()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var peer = await rig.ConnectAsync();

        (await peer.Manager.SubscribeAsync("NOWHERE", PaperRig.Day, default)).Should().Be(MarketDataResult.InvalidEpic);
        (await peer.Manager.SubscribeAsync(PaperRig.Epic, 3_600, default)).Should().Be(MarketDataResult.InvalidTimeFrame);
        (await peer.Manager.SubscribeAsync(PaperRig.Epic, PaperRig.Day, default)).Should().Be(MarketDataResult.Ok);
        (await peer.NextAsync<FrameEvent>()).Frame.UnixSeconds.Should().Be(PaperRig.Frame(0));
    }

    [Fact]
    public async Task Longer_frames_are_put_together_at_the_broker()
    {
        await using var rig = await PaperRig.StartAsync(with: options => options with { Epics = ["EURUSD"] });
        var minutes = await rig.ConnectAsync("minutes");
        await minutes.Manager.SubscribeAsync("EURUSD", 60, default);
        var hours = await rig.ConnectAsync("hours");
        await hours.Manager.SubscribeAsync("EURUSD", 3_600, default);

        var shortOnes = (await minutes.DriveAsync(180)).OfType<FrameEvent>().Select(item => item.Frame);
        var longOnes = (await hours.DriveAsync(3)).OfType<FrameEvent>().Select(item => item.Frame);
        longOnes.Should().Equal(MaoTrade.Market.Frames.FrameAggregator.Aggregate(shortOnes, 3_600));
    }

    [Fact]
    public async Task History_ends_with_the_last_bar_that_was_sent()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var peer = await rig.SubscribedAsync();
        var frames = (await peer.DriveAsync(3)).OfType<FrameEvent>().Select(item => item.Frame).ToList();

        (await peer.Manager.HistoryAsync(PaperRig.Epic, PaperRig.Day, 2, default)).Frames.Should().Equal(frames[1..]);
        (await peer.Manager.HistoryAsync("NOWHERE", PaperRig.Day, 2, default)).Result.Should().Be(MarketDataResult.InvalidEpic);
        (await peer.Manager.TimeAsync(default)).Should().Be(DateTimeOffset.FromUnixTimeSeconds(PaperRig.Frame(3)));
    }

    [Fact]
    public async Task An_account_that_is_not_served_is_refused_for_good()
    {
        await using var rig = await PaperRig.StartAsync(Flat, options => options with { Accounts = ["demo"] });
        await using var manager = new MaoTrade.Engine.Brokers.Paper.Client.PaperAccountManager("127.0.0.1", rig.Server.Port, "other");
        await manager.RunAsync(default).WaitAsync(PaperPeer.Deadline);

        manager.Events.TryRead(out var said).Should().BeTrue();
        said.Should().BeOfType<BrokerDisconnected>().Which.ForGood.Should().BeTrue();
    }

    [Fact]
    public async Task A_database_of_another_market_is_not_used()
    {
        await using var rig = await PaperRig.StartAsync(with: options => options with { Seed = 1 });
        await rig.Server.DisposeAsync();
        await using var other = new PaperBrokerServer(rig.Options with { Seed = 2 });

        await other.Invoking(server => server.StartAsync()).Should().ThrowAsync<IOException>().WithMessage("*belongs to the market*");
    }

    /// <summary>Two answers later nothing else has come: answers and events leave by the same road.</summary>
    private static async Task NothingMoreAsync(PaperPeer peer)
    {
        await peer.PortfolioAsync();
        await peer.Manager.LookUpAsync("BARRIER", default);
        while (peer.Manager.Events.TryRead(out var item))
        {
            item.Should().BeOfType<AccountEvent>("nothing may move now");
        }
    }
}
