using System.Threading.Channels;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>
/// A broker at the border of the process that does as it is told, and delivers nothing again: what a real one would have
/// to be asked for. Submits wait for an answer of the test.
/// </summary>
public sealed class ScriptedBroker : IAccountManager
{
    private readonly Channel<BrokerEvent> _events = Channel.CreateUnbounded<BrokerEvent>();
    private readonly Channel<OrderTicket> _submitted = Channel.CreateUnbounded<OrderTicket>();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BrokerCapabilities Capabilities { get; } = new(ReferenceDedupe.TagOnly, TimeSpan.Zero, 30, true, true);

    public ChannelReader<BrokerEvent> Events => _events.Reader;

    /// <summary>What it knows of an order.</summary>
    public Func<string, LookUpAnswer> LookUp { get; set; } = _ => new LookUpAnswer(LookUpKind.Absent, null, 0, "");

    /// <summary>What it answers to a submit; null = nothing, for ever.</summary>
    public OrderAnswer? Answer { get; set; }

    /// <summary>What a submit does in place of <see cref="Answer"/>, also what an account manager should not do.</summary>
    public Func<Task<OrderAnswer>>? Submitting { get; set; }

    /// <summary>Ends when the engine has asked about an order.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Orders in order of their arrival.</summary>
    public ChannelReader<OrderTicket> Submitted => _submitted.Reader;

    public void Say(BrokerEvent said) => _events.Writer.TryWrite(said);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Say(new BrokerConnected());
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    public async Task<OrderAnswer> SubmitAsync(OrderTicket ticket, CancellationToken cancellationToken)
    {
        _submitted.Writer.TryWrite(ticket);
        if (Submitting is { } submit)
        {
            return await submit();
        }

        if (Answer is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return Answer!;
    }

    public Task<LookUpAnswer> LookUpAsync(string dealReference, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        return Task.FromResult(LookUp(dealReference));
    }

    public Task<IReadOnlyList<BrokerOrder>?> OpenOrdersAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BrokerOrder>?>([]);

    public Task<BrokerPortfolio?> PortfolioAsync(CancellationToken cancellationToken) => Task.FromResult<BrokerPortfolio?>(new BrokerPortfolio(
        new BrokerAccount("demo", "Demo", AccountStatus.Enabled, "EUR", 1_000m, 1_000m, 0m, 0m, true), []));

    public Task<FillPage?> FillsAsync(string? cursor, CancellationToken cancellationToken) => Task.FromResult<FillPage?>(new FillPage([], "c", false));

    public Task<HistoryAnswer> HistoryAsync(string epic, int timeFrameSeconds, int count, CancellationToken cancellationToken) =>
        Task.FromResult(new HistoryAnswer(MarketDataResult.Ok, []));

    public Task<MarketDataResult> SubscribeAsync(string epic, int timeFrameSeconds, CancellationToken cancellationToken) => Task.FromResult(MarketDataResult.Ok);

    public Task<MarketDataResult> UnsubscribeAsync(string epic, CancellationToken cancellationToken) => Task.FromResult(MarketDataResult.Ok);

    public Task<DateTimeOffset?> TimeAsync(CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(DateTimeOffset.UnixEpoch);

    public Task<OrderAnswer> ModifyAsync(string dealReference, string epic, decimal? stopPrice, decimal? limitPrice, CancellationToken cancellationToken) =>
        Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, 1, "not scripted"));

    public Task<OrderAnswer> CancelAsync(string dealReference, CancellationToken cancellationToken) =>
        Task.FromResult(new OrderAnswer(OrderAnswerKind.Rejected, null, 1, "not scripted"));

    public ValueTask AcknowledgeAsync(long eventId, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
