using System.Globalization;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

/// <summary>An engine as the paper broker sees it: takes events one by one and acknowledges when the test says so.</summary>
internal sealed class PaperPeer : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _references;

    public PaperPeer(IAccountManager manager)
    {
        Manager = manager;
        _running = manager.RunAsync(_stop.Token);
    }

    public IAccountManager Manager { get; }

    /// <summary>The next event; it must be of this kind. Account figures are passed over unless they are asked for.</summary>
    public async Task<T> NextAsync<T>()
        where T : BrokerEvent
    {
        var next = await NextAsync(passFigures: typeof(T) != typeof(AccountEvent), typeof(T).Name);
        return next.Should().BeOfType<T>().Subject;
    }

    public async Task<BrokerEvent> NextAsync(bool passFigures = true, string wanted = "event")
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            while (true)
            {
                var next = await Manager.Events.ReadAsync(deadline.Token);
                if (next is not AccountEvent || !passFigures)
                {
                    return next;
                }
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"no {wanted} came within {Deadline.TotalSeconds} s", e);
        }
    }

    public async Task AckAsync(BrokerEvent item)
    {
        if (item.EventId is { } id)
        {
            await Manager.AcknowledgeAsync(id, default);
        }
    }

    public async Task<T> NextAndAckAsync<T>()
        where T : BrokerEvent
    {
        var next = await NextAsync<T>();
        await AckAsync(next);
        return next;
    }

    /// <summary>
    /// Takes and acknowledges events until a number of frames came; the last frame stays unacknowledged.
    /// <paramref name="onFrame"/> runs before its frame is acknowledged, as an engine's decisions do.
    /// </summary>
    public async Task<List<BrokerEvent>> DriveAsync(int frames, Func<FrameEvent, int, Task>? onFrame = null)
    {
        var events = new List<BrokerEvent>();
        var seen = 0;
        while (true)
        {
            var next = await NextAsync();
            events.Add(next);
            if (next is FrameEvent frame)
            {
                await (onFrame?.Invoke(frame, seen) ?? Task.CompletedTask);
                if (++seen == frames)
                {
                    return events;
                }
            }

            await AckAsync(next);
        }
    }

    /// <summary>Submits a market order of our own, numbered reference.</summary>
    public Task<OrderAnswer> BuyAsync(decimal qty, decimal? stop = null, decimal? limit = null) =>
        Manager.SubmitAsync(Ticket(OrderOpType.Buy, qty) with { StopPrice = stop, LimitPrice = limit }, default);

    public Task<OrderAnswer> SellAsync(decimal qty, decimal? stop = null, decimal? limit = null) =>
        Manager.SubmitAsync(Ticket(OrderOpType.Sell, qty) with { StopPrice = stop, LimitPrice = limit }, default);

    public Task<OrderAnswer> CloseAsync(OrderOpType opType, decimal qty) =>
        Manager.SubmitAsync(Ticket(opType, qty) with { Action = OrderAction.ClosePosition }, default);

    public Task<OrderAnswer> WorkAsync(OrderOpType opType, OrderType type, decimal qty, decimal price) =>
        Manager.SubmitAsync(Ticket(opType, qty) with { OrderType = type, Price = price }, default);

    public OrderTicket Ticket(OrderOpType opType, decimal qty) => new(
        "REF" + (++_references).ToString("D23", CultureInfo.InvariantCulture), PaperRig.Epic, OrderAction.OpenPosition, opType,
        OrderType.Market, qty, null, null, null);

    public async Task<BrokerPortfolio> PortfolioAsync() =>
        await Manager.PortfolioAsync(default) ?? throw new InvalidOperationException("the broker did not answer");

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Manager.DisposeAsync();
    }
}
