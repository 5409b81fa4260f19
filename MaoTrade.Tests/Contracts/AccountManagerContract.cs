using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.Contracts;

/// <summary>What every account manager does, whatever broker is behind it. One subclass per broker.</summary>
public abstract class AccountManagerContract : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<(IAccountManager Manager, CancellationTokenSource Stop, Task Running)> _started = [];
    private int _references;

    /// <summary>An epic the broker knows.</summary>
    protected abstract string Epic { get; }

    /// <summary>A length of frames the broker serves for it.</summary>
    protected abstract int TimeFrameSeconds { get; }

    public abstract Task InitializeAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var (manager, _, _) in _started)
        {
            await StopAsync(manager);
        }
    }

    [Fact]
    public async Task A_connection_is_reported_first()
    {
        var manager = Start();

        (await NextAsync(manager)).Should().BeOfType<BrokerConnected>();
        manager.Capabilities.ReferenceMaxLength.Should().BeGreaterThanOrEqualTo(26, "that is the length of our references");
    }

    [Fact]
    public async Task Before_it_is_connected_nothing_is_sent()
    {
        await using var manager = Create();

        (await manager.SubmitAsync(Ticket(OrderOpType.Buy, 1), default)).Kind.Should().Be(OrderAnswerKind.NotSent);
        (await manager.LookUpAsync("R", default)).Kind.Should().Be(LookUpKind.NoAnswer);
        (await manager.PortfolioAsync(default)).Should().BeNull();
        (await manager.FillsAsync(null, default)).Should().BeNull();
    }

    [Fact]
    public async Task An_order_is_accepted_and_filled_and_found_again()
    {
        var manager = await FollowingAsync();
        var ticket = Ticket(OrderOpType.Buy, 2);
        var answer = await manager.SubmitAsync(ticket, default);
        var accepted = await UntilAsync<OrderAcceptedEvent>(manager, item => item.DealReference == ticket.DealReference);
        var fill = await UntilAsync<FillEvent>(manager, item => item.Fill.DealReference == ticket.DealReference);

        answer.Kind.Should().Be(OrderAnswerKind.Accepted);
        accepted.DealId.Should().Be(answer.DealId);
        fill.Fill.Should().BeEquivalentTo(new { Epic, Action = OrderAction.OpenPosition, OpType = OrderOpType.Buy, Qty = 2m, Pnl = (decimal?)null });
        fill.Fill.Price.Should().BePositive();
        (await manager.LookUpAsync(ticket.DealReference, default)).Should().BeEquivalentTo(new { Kind = LookUpKind.Filled, answer.DealId });
        (await manager.OpenOrdersAsync(default)).Should().BeEmpty();
        (await manager.PortfolioAsync(default))!.Positions.Should().ContainSingle().Which.Qty.Should().Be(2);
    }

    [Fact]
    public async Task A_position_is_closed_in_parts_and_the_profit_is_told()
    {
        var manager = await FollowingAsync();
        var open = Ticket(OrderOpType.Sell, 3);
        await manager.SubmitAsync(open, default);
        var opened = await UntilAsync<FillEvent>(manager, item => item.Fill.DealReference == open.DealReference);
        (await manager.PortfolioAsync(default))!.Positions.Single().Qty.Should().Be(-3, "a short position is negative");

        var close = Ticket(OrderOpType.Buy, 2) with { Action = OrderAction.ClosePosition };
        await manager.SubmitAsync(close, default);
        var closed = await UntilAsync<FillEvent>(manager, item => item.Fill.DealReference == close.DealReference);

        closed.Fill.Pnl.Should().Be((opened.Fill.Price - closed.Fill.Price) * 2);
        (await manager.PortfolioAsync(default))!.Positions.Single().Qty.Should().Be(-1);
    }

    [Fact]
    public async Task A_refused_order_says_so_and_changes_nothing()
    {
        var manager = await FollowingAsync();
        var answer = await manager.SubmitAsync(Ticket(OrderOpType.Buy, 1) with { Action = OrderAction.ClosePosition }, default);

        answer.Kind.Should().Be(OrderAnswerKind.Rejected);
        answer.Message.Should().NotBeEmpty();
        (await manager.PortfolioAsync(default))!.Positions.Should().BeEmpty();
    }

    [Fact]
    public async Task A_working_order_is_shown_until_it_is_cancelled()
    {
        var manager = await FollowingAsync();
        var ticket = Ticket(OrderOpType.Buy, 1) with { OrderType = OrderType.Limit, Price = 0.0001m };
        await manager.SubmitAsync(ticket, default);
        (await manager.OpenOrdersAsync(default)).Should().ContainSingle().Which.DealReference.Should().Be(ticket.DealReference);
        (await manager.LookUpAsync(ticket.DealReference, default)).Kind.Should().Be(LookUpKind.Open);

        (await manager.CancelAsync(ticket.DealReference, default)).Kind.Should().Be(OrderAnswerKind.Accepted);

        await UntilAsync<OrderCancelledEvent>(manager, item => item.DealReference == ticket.DealReference);
        (await manager.OpenOrdersAsync(default)).Should().BeEmpty();
        (await manager.LookUpAsync(ticket.DealReference, default)).Kind.Should().Be(LookUpKind.Cancelled);
    }

    [Fact]
    public async Task A_reference_never_sent_is_absent()
    {
        var manager = await ConnectedAsync();

        (await manager.LookUpAsync("NEVER-SENT", default)).Kind.Should().Be(LookUpKind.Absent);
    }

    [Fact]
    public async Task A_cursor_continues_the_history_of_fills()
    {
        var manager = await FollowingAsync();
        var first = await FilledAsync(manager);
        var page = await manager.FillsAsync(null, default);
        var second = await FilledAsync(manager);
        var next = await manager.FillsAsync(page!.Cursor, default);
        var last = await manager.FillsAsync(next!.Cursor, default);

        page.Fills.Should().Equal(first);
        next.Fills.Should().Equal(second);
        last!.Fills.Should().BeEmpty();
        last.More.Should().BeFalse();
    }

    [Fact]
    public async Task An_unknown_epic_or_time_frame_fails_alone()
    {
        var manager = await ConnectedAsync();

        (await manager.SubscribeAsync("NO.SUCH.EPIC", TimeFrameSeconds, default)).Should().Be(MarketDataResult.InvalidEpic);
        (await manager.SubscribeAsync(Epic, 7, default)).Should().Be(MarketDataResult.InvalidTimeFrame);
        (await manager.SubscribeAsync(Epic, TimeFrameSeconds, default)).Should().Be(MarketDataResult.Ok);
        (await UntilAsync<FrameEvent>(manager, _ => true)).Epic.Should().Be(Epic);
    }

    [Fact]
    public async Task History_is_closed_frames_oldest_first()
    {
        var manager = await FollowingAsync();
        await UntilAsync<FrameEvent>(manager, _ => true);
        await UntilAsync<FrameEvent>(manager, _ => true);
        var history = await manager.HistoryAsync(Epic, TimeFrameSeconds, 2, default);

        history.Result.Should().Be(MarketDataResult.Ok);
        history.Frames.Should().HaveCount(2).And.BeInAscendingOrder(frame => frame.UnixSeconds);
    }

    [Fact]
    public async Task An_unacknowledged_event_comes_again_to_the_next_connection()
    {
        var before = await FollowingAsync();
        BrokerEvent unacknowledged = await NextAsync<FrameEvent>(before);
        await StopAsync(before);

        var after = await ConnectedAsync();

        (await NextAsync<FrameEvent>(after)).EventId.Should().Be(unacknowledged.EventId);
    }

    [Fact]
    public async Task A_cancelled_call_is_the_only_thing_thrown()
    {
        var manager = await ConnectedAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await manager.Invoking(m => m.PortfolioAsync(cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
        (await manager.TimeAsync(default)).Should().NotBeNull("the connection is whole");
    }

    /// <summary>A new account manager for the same account.</summary>
    protected abstract IAccountManager Create();

    private IAccountManager Start()
    {
        var manager = Create();
        var stop = new CancellationTokenSource();
        _started.Add((manager, stop, manager.RunAsync(stop.Token)));
        return manager;
    }

    private async Task StopAsync(IAccountManager manager)
    {
        var (_, stop, running) = _started.Single(item => item.Manager == manager);
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await manager.DisposeAsync();
    }

    private async Task<IAccountManager> ConnectedAsync()
    {
        var manager = Start();
        (await NextAsync(manager)).Should().BeOfType<BrokerConnected>();
        return manager;
    }

    private async Task<IAccountManager> FollowingAsync()
    {
        var manager = await ConnectedAsync();
        (await manager.SubscribeAsync(Epic, TimeFrameSeconds, default)).Should().Be(MarketDataResult.Ok);
        return manager;
    }

    private async Task<Fill> FilledAsync(IAccountManager manager)
    {
        var ticket = Ticket(OrderOpType.Buy, 1);
        await manager.SubmitAsync(ticket, default);
        return (await UntilAsync<FillEvent>(manager, item => item.Fill.DealReference == ticket.DealReference)).Fill;
    }

    private OrderTicket Ticket(OrderOpType opType, decimal qty) => new(
        "01JCONTRACT" + (++_references).ToString("D15", System.Globalization.CultureInfo.InvariantCulture), Epic,
        OrderAction.OpenPosition, opType, OrderType.Market, qty, null, null, null);

    /// <summary>Takes and acknowledges events up to the one wanted, that one too.</summary>
    private static async Task<T> UntilAsync<T>(IAccountManager manager, Func<T, bool> wanted)
        where T : BrokerEvent
    {
        while (true)
        {
            var next = await NextAsync(manager, typeof(T).Name);
            if (next.EventId is { } id)
            {
                await manager.AcknowledgeAsync(id, default);
            }

            if (next is T found && wanted(found))
            {
                return found;
            }
        }
    }

    /// <summary>The next event of a kind; others are passed over without acknowledgement.</summary>
    private static async Task<T> NextAsync<T>(IAccountManager manager)
        where T : BrokerEvent
    {
        while (true)
        {
            if (await NextAsync(manager, typeof(T).Name) is T found)
            {
                return found;
            }
        }
    }

    private static async Task<BrokerEvent> NextAsync(IAccountManager manager, string wanted = "event")
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            return await manager.Events.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"no {wanted} came within {Deadline.TotalSeconds} s", e);
        }
    }
}
