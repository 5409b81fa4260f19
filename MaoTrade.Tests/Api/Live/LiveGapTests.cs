using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Engine.Live;

namespace MaoTrade.Tests.Api.Live;

/// <summary>What a client has missed, and what the gateway has missed of an engine.</summary>
public sealed class LiveGapTests
{
    [Fact]
    public async Task Who_comes_back_goes_on_where_they_were_and_who_was_away_too_long_begins_anew()
    {
        await using var rig = await LiveRig.StartAsync();
        using var stays = await rig.ListenAsync();
        rig.Desk.Take(LiveDesk.Buy("a"));
        rig.Desk.Take(LiveDesk.Buy("b"));
        await stays.ExpectAsync("order_update 1001", "order_update 1002");

        using var back = await rig.ConnectAsync();
        await back.SubscribeAsync("orders", more: ""","from":{"orders":1001}""");
        await back.ExpectAsync("order_update 1002");
        using var lost = await rig.ConnectAsync();
        await lost.SubscribeAsync("orders", more: ""","from":{"orders":7}""");
        (await lost.EventAsync()).What.Should().StartWith("gap ");
        await lost.ExpectAsync("snapshot 1000", "order_update 1001", "order_update 1002");
    }

    [Fact]
    public async Task A_number_is_good_at_a_gateway_that_has_heard_nothing_yet()
    {
        await using var rig = await LiveRig.StartAsync();
        using (var first = await rig.ListenAsync())
        {
            rig.Desk.Take(LiveDesk.Buy("a"));
            await first.ExpectAsync("order_update 1001");
        }

        await Deadlines.Until(() => rig.Hub.Feeds == 0, "the subscription is not closed with its last client");
        rig.Desk.Take(LiveDesk.Buy("b"));
        using var back = await rig.ConnectAsync();
        await back.SubscribeAsync("orders", more: ""","from":{"orders":1001}""");
        await back.ExpectAsync("order_update 1002");
        using var other = await rig.ListenAsync();
    }

    [Fact]
    public async Task Many_clients_share_one_subscription_and_the_last_one_closes_it()
    {
        await using var rig = await LiveRig.StartAsync();
        var peers = new List<LivePeer>();
        for (var i = 0; i < 5; i++)
        {
            peers.Add(await rig.ListenAsync());
        }

        rig.Wire.Listener.ConnectionCount.Should().Be(1);
        rig.Desk.Take(LiveDesk.Buy("a"));
        foreach (var peer in peers)
        {
            await peer.ExpectAsync("order_update 1001");
            peer.Dispose();
        }

        await Deadlines.Until(() => rig.Wire.Listener.ConnectionCount == 0, "the subscription is not closed");
        rig.Hub.Count.Should().Be(0);
    }

    [Fact]
    public async Task An_engine_that_goes_away_and_comes_back_costs_no_change()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ListenAsync();
        await rig.BreakAsync();
        JsonStatus(await peer.NextAsync()).Should().Be("disconnected");
        rig.Desk.Take(LiveDesk.Buy("a"));
        rig.Desk.Take(LiveDesk.Buy("b"));
        await rig.RestoreAsync();
        await peer.ExpectAsync("order_update 1001", "order_update 1002");
    }

    [Fact]
    public async Task An_engine_that_begins_anew_is_a_gap_and_a_snapshot()
    {
        await using var rig = await LiveRig.StartAsync();
        using var peer = await rig.ListenAsync();
        rig.Desk.Take(LiveDesk.Buy("a"));
        await peer.ExpectAsync("order_update 1001");
        rig.Desk.Feed.Begin(9_000);
        rig.Desk.Board.Publish(rig.Desk.Trading.State);
        await peer.ExpectAsync("gap 9000");
        var (what, data) = await peer.EventAsync();
        what.Should().Be("snapshot 9000");
        data.GetProperty("orders").GetArrayLength().Should().Be(1);
        rig.Desk.Take(LiveDesk.Buy("b"));
        await peer.ExpectAsync("order_update 9001");
    }

    private static string JsonStatus(System.Text.Json.JsonElement message) => message.GetProperty("data").GetProperty("engine").GetString()!;
}
