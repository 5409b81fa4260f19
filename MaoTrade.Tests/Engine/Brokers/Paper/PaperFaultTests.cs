using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Brokers.Paper.Client;
using MaoTrade.Engine.Brokers.Paper.Server;
using MaoTrade.Engine.Orders;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

public sealed class PaperFaultTests
{
    private static readonly PaperClientOptions Impatient = new() { AnswerTimeout = TimeSpan.FromMilliseconds(300) };

    private static readonly string Flat = PaperRig.Bars("10 10 10 10", "11 11 11 11", "12 12 12 12", "13 13 13 13");

    [Fact]
    public async Task A_lost_reply_leaves_the_outcome_unknown_and_the_order_done()
    {
        await using var rig = await StartAsync(new PaperFaultOptions { LostReply = 1 });
        var peer = await rig.SubscribedAsync(options: Impatient);
        await peer.NextAsync<FrameEvent>();
        var ticket = peer.Ticket(OrderOpType.Buy, 1);

        (await peer.Manager.SubmitAsync(ticket, default)).Kind.Should().Be(OrderAnswerKind.Unknown);
        (await peer.Manager.LookUpAsync(ticket.DealReference, default)).Kind.Should().Be(LookUpKind.Open);
        (await peer.NextAsync<OrderAcceptedEvent>()).DealReference.Should().Be(ticket.DealReference);
    }

    [Fact]
    public async Task A_lost_request_leaves_the_outcome_unknown_and_nothing_done()
    {
        await using var rig = await StartAsync(new PaperFaultOptions { LostRequest = 1 });
        var peer = await rig.SubscribedAsync(options: Impatient);
        var ticket = peer.Ticket(OrderOpType.Buy, 1);

        (await peer.Manager.SubmitAsync(ticket, default)).Kind.Should().Be(OrderAnswerKind.Unknown);
        (await peer.Manager.LookUpAsync(ticket.DealReference, default)).Kind.Should().Be(LookUpKind.Absent);
        rig.Ledger.Should().BeEmpty();
    }

    [Fact]
    public async Task Refusals_follow_from_the_ordinal_of_the_order_and_not_from_the_run()
    {
        var first = await RefusalsAsync();
        var second = await RefusalsAsync();

        second.Should().Equal(first);
        first.Should().Contain(true).And.Contain(false);

        static async Task<List<bool>> RefusalsAsync()
        {
            await using var rig = await StartAsync(new PaperFaultOptions { Reject = 0.5 });
            var peer = await rig.SubscribedAsync();
            var refused = new List<bool>();
            for (var i = 0; i < 20; i++)
            {
                refused.Add((await peer.BuyAsync(1)).Kind == OrderAnswerKind.Rejected);
            }

            return refused;
        }
    }

    [Fact]
    public async Task A_duplicated_event_comes_twice_under_one_id()
    {
        await using var rig = await StartAsync(new PaperFaultOptions { Duplicate = 1 });
        var peer = await rig.SubscribedAsync();
        var once = await peer.NextAsync<FrameEvent>();
        var twice = await peer.NextAsync<FrameEvent>();

        twice.Should().Be(once);
        await peer.AckAsync(once);
        await peer.AckAsync(twice);
        (await peer.NextAsync<FrameEvent>()).EventId.Should().Be(once.EventId + 1);
    }

    [Fact]
    public async Task Reordered_order_events_change_places_and_never_cross_a_bar()
    {
        await using var rig = await StartAsync(new PaperFaultOptions { Reorder = 1 });
        var peer = await rig.SubscribedAsync();
        var events = await peer.DriveAsync(3, async (_, bar) =>
        {
            for (var i = 0; bar == 0 && i < 6; i++)
            {
                await peer.BuyAsync(1);
            }
        });

        var fills = events.OfType<FillEvent>().Select(item => item.EventId!.Value).ToList();
        fills.Should().HaveCount(6).And.NotBeInAscendingOrder();
        var firstBar = events.FindIndex(item => item is FrameEvent);
        var secondBar = events.FindIndex(firstBar + 1, item => item is FrameEvent);
        events[(firstBar + 1)..secondBar].Select(item => item.EventId!.Value).Should().OnlyContain(
            id => id > events[firstBar].EventId && id < events[secondBar].EventId);
    }

    [Fact]
    public async Task A_delay_keeps_answers_back_and_the_clock_lets_them_go()
    {
        var clock = new FakeClock();
        await using var rig = await PaperRig.StartAsync(
            Flat, options => options with { Fault = new PaperFaultOptions { Delay = TimeSpan.FromSeconds(2) } }, clock);
        var peer = await rig.ConnectAsync();
        var before = clock.PendingTimers;
        var asking = peer.Manager.TimeAsync(default);
        await Eventually.TrueAsync(() => clock.PendingTimers > before, "the answer was not kept back");
        clock.Advance(TimeSpan.FromSeconds(1.9));
        asking.IsCompleted.Should().BeFalse();

        clock.Advance(TimeSpan.FromSeconds(0.2));

        (await asking.WaitAsync(PaperPeer.Deadline)).Should().NotBeNull();
    }

    [Fact]
    public async Task With_dedupe_a_known_reference_answers_as_the_first_order()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var peer = await rig.SubscribedAsync();
        var ticket = peer.Ticket(OrderOpType.Buy, 1);
        var first = await peer.Manager.SubmitAsync(ticket, default);
        var second = await peer.Manager.SubmitAsync(ticket, default);

        second.Should().Be(first);
        peer.Manager.Capabilities.Dedupe.Should().Be(ReferenceDedupe.DedupesClientId);
        (await peer.Manager.OpenOrdersAsync(default)).Should().ContainSingle();
        await peer.DriveAsync(3);
        (await peer.Manager.SubmitAsync(ticket, default)).Should().Be(first, "it is known after its fill, too");
        (await peer.PortfolioAsync()).Positions.Single().Qty.Should().Be(1);
    }

    [Fact]
    public async Task Without_dedupe_a_known_reference_is_a_second_order()
    {
        await using var rig = await PaperRig.StartAsync(Flat, options => options with { Dedupe = false });
        var peer = await rig.SubscribedAsync();
        var ticket = peer.Ticket(OrderOpType.Buy, 1);
        var first = await peer.Manager.SubmitAsync(ticket, default);
        var second = await peer.Manager.SubmitAsync(ticket, default);

        second.DealId.Should().NotBe(first.DealId);
        peer.Manager.Capabilities.Dedupe.Should().Be(ReferenceDedupe.TagOnly);
        await peer.DriveAsync(2);
        (await peer.PortfolioAsync()).Positions.Single().Qty.Should().Be(2);
    }

    [Fact]
    public async Task An_accepted_order_is_seen_when_the_look_up_lag_is_over()
    {
        var clock = new FakeClock();
        await using var rig = await PaperRig.StartAsync(Flat, options => options with { LookUpLag = TimeSpan.FromSeconds(20) }, clock);
        var peer = await rig.SubscribedAsync();
        var ticket = peer.Ticket(OrderOpType.Buy, 1);
        await peer.Manager.SubmitAsync(ticket, default);
        await peer.DriveAsync(2);
        clock.Advance(TimeSpan.FromSeconds(19));

        (await SeenAsync()).Should().Be((LookUpKind.Absent, 0));
        peer.Manager.Capabilities.LookUpLag.Should().Be(TimeSpan.FromSeconds(20));

        clock.Advance(TimeSpan.FromSeconds(1));

        (await SeenAsync()).Should().Be((LookUpKind.Filled, 1));

        async Task<(LookUpKind, int)> SeenAsync() => (
            (await peer.Manager.LookUpAsync(ticket.DealReference, default)).Kind, (await peer.Manager.FillsAsync(null, default))!.Fills.Count);
    }

    [Fact]
    public async Task The_ledger_has_the_agreed_form()
    {
        await using var rig = await PaperRig.StartAsync(Flat);
        var peer = await rig.SubscribedAsync();
        await peer.DriveAsync(2, (_, bar) => bar == 0
            ? peer.Manager.SubmitAsync(peer.Ticket(OrderOpType.Buy, 1.5m) with { DealReference = "R1", StopPrice = 9.5m }, default)
            : peer.Manager.SubmitAsync(peer.Ticket(OrderOpType.Buy, 0) with { DealReference = "R2", Epic = "NOWHERE" }, default));

        rig.Ledger.Should().Equal(
            """{"n":1,"frame":1767225600,"account":"demo","event":"received","reference":"R1","epic":"TEST","action":0,"opType":1,"orderType":0,"qty":1.5,"price":null,"stopPrice":9.5}""",
            """{"n":2,"frame":1767225600,"account":"demo","event":"accepted","reference":"R1","epic":"TEST","action":0,"opType":1,"orderType":0,"qty":1.5,"price":null,"stopPrice":9.5}""",
            """{"n":3,"frame":1767312000,"account":"demo","event":"filled","reference":"R1","epic":"TEST","action":0,"opType":1,"orderType":0,"qty":1.5,"price":11,"stopPrice":9.5}""",
            """{"n":4,"frame":0,"account":"demo","event":"received","reference":"R2","epic":"NOWHERE","action":0,"opType":1,"orderType":0,"qty":0,"price":null,"stopPrice":null}""",
            """{"n":5,"frame":0,"account":"demo","event":"rejected","reference":"R2","epic":"NOWHERE","action":0,"opType":1,"orderType":0,"qty":0,"price":null,"stopPrice":null}""");
    }

    private static Task<PaperRig> StartAsync(PaperFaultOptions fault) => PaperRig.StartAsync(Flat, options => options with { Fault = fault });
}
