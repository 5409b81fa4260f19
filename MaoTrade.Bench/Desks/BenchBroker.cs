using System.Threading.Channels;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Bench.Desks;

/// <summary>
/// A broker that is away, so that intents are stored and wait, until it is told to be there: then it has an empty account
/// and fills at once.
/// </summary>
internal sealed class BenchBroker : IAccountManager
{
    private static readonly OrderAnswer NotSent = new(OrderAnswerKind.NotSent, null, 0, "away");
    private static readonly BrokerPortfolio Empty = new(
        new BrokerAccount("bench", "Bench", AccountStatus.Enabled, "EUR", 100_000m, 100_000m, 0m, 0m, TradingSessionOpen: true), []);

    private long _fills;
    private bool _isThere;
    private readonly Channel<BrokerEvent> _events = Channel.CreateUnbounded<BrokerEvent>();

    public BrokerCapabilities Capabilities { get; } = new(ReferenceDedupe.TagOnly, TimeSpan.Zero, 30, true, true);

    public ChannelReader<BrokerEvent> Events => _events.Reader;

    /// <summary>Comes.</summary>
    public void Connect()
    {
        _isThere = true;
        Say(new BrokerConnected());
    }

    public void Say(BrokerEvent said) => _events.Writer.TryWrite(said);

    public Task RunAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    public Task<OrderAnswer> SubmitAsync(OrderTicket ticket, CancellationToken cancellationToken)
    {
        if (!_isThere)
        {
            return Task.FromResult(NotSent);
        }

        var id = $"F{++_fills}";
        Say(new FillEvent(null, new Fill(
            id, ticket.DealReference, id, ticket.Epic, ticket.Action, ticket.OpType, ticket.OrderType, ticket.Qty, 1.1m, null, 0, DateTimeOffset.UnixEpoch)));
        return Task.FromResult(new OrderAnswer(OrderAnswerKind.Accepted, id, 0, ""));
    }

    public Task<OrderAnswer> ModifyAsync(
        string dealReference, string epic, decimal? stopPrice, decimal? limitPrice, CancellationToken cancellationToken) => Task.FromResult(NotSent);

    public Task<OrderAnswer> CancelAsync(string dealReference, CancellationToken cancellationToken) => Task.FromResult(NotSent);

    public Task<LookUpAnswer> LookUpAsync(string dealReference, CancellationToken cancellationToken) =>
        Task.FromResult(new LookUpAnswer(LookUpKind.NoAnswer, null, 0, "away"));

    public Task<IReadOnlyList<BrokerOrder>?> OpenOrdersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BrokerOrder>?>(_isThere ? [] : null);

    public Task<BrokerPortfolio?> PortfolioAsync(CancellationToken cancellationToken) => Task.FromResult(_isThere ? Empty : null);

    public Task<FillPage?> FillsAsync(string? cursor, CancellationToken cancellationToken) => Task.FromResult(_isThere ? new FillPage([], "0", More: false) : null);

    public Task<HistoryAnswer> HistoryAsync(string epic, int timeFrameSeconds, int count, CancellationToken cancellationToken) =>
        Task.FromResult(new HistoryAnswer(MarketDataResult.NotConnected, []));

    public Task<MarketDataResult> SubscribeAsync(string epic, int timeFrameSeconds, CancellationToken cancellationToken) =>
        Task.FromResult(_isThere ? MarketDataResult.Ok : MarketDataResult.NotConnected);

    public Task<MarketDataResult> UnsubscribeAsync(string epic, CancellationToken cancellationToken) => Task.FromResult(MarketDataResult.NotConnected);

    public Task<DateTimeOffset?> TimeAsync(CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(_isThere ? DateTimeOffset.UnixEpoch : null);

    public ValueTask AcknowledgeAsync(long eventId, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
