using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers;

/// <summary>
/// One broker account as the engine sees it: the contract every broker implements.
/// Calls may come from any thread and never block; each has the deadline of its token and answers with a value:
/// only <see cref="OperationCanceledException"/> is thrown, everything the network may do is an answer.
/// What the broker says on its own comes through <see cref="Events"/> in the order it was received.
/// </summary>
public interface IAccountManager : IAsyncDisposable
{
    /// <summary>What this broker can and cannot do.</summary>
    BrokerCapabilities Capabilities { get; }

    /// <summary>
    /// Events of the broker, one reader, bounded: a full channel stops the reading from the broker, nothing is dropped.
    /// An event with an id is delivered again under the same id after a reconnect until it is acknowledged.
    /// </summary>
    System.Threading.Channels.ChannelReader<BrokerEvent> Events { get; }

    /// <summary>
    /// Connects and stays connected until the token ends: waits min(300, 30·2^n) s between tries, at most 10 in a row,
    /// then reports <see cref="BrokerDisconnected"/> with <see cref="BrokerDisconnected.ForGood"/> and returns.
    /// </summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Sends an order. The deal reference must be stored before this call: the first byte may reach the broker.</summary>
    Task<OrderAnswer> SubmitAsync(OrderTicket ticket, CancellationToken cancellationToken);

    /// <summary>Changes stop and limit of the open position of an epic.</summary>
    Task<OrderAnswer> ModifyAsync(string dealReference, string epic, decimal? stopPrice, decimal? limitPrice, CancellationToken cancellationToken);

    /// <summary>Cancels a working order by its deal reference.</summary>
    Task<OrderAnswer> CancelAsync(string dealReference, CancellationToken cancellationToken);

    /// <summary>What the broker knows of an order by our deal reference.</summary>
    Task<LookUpAnswer> LookUpAsync(string dealReference, CancellationToken cancellationToken);

    /// <summary>Orders accepted and not yet filled, cancelled or refused; null when the broker did not answer.</summary>
    Task<IReadOnlyList<BrokerOrder>?> OpenOrdersAsync(CancellationToken cancellationToken);

    /// <summary>Account figures and open positions; null when the broker did not answer.</summary>
    Task<BrokerPortfolio?> PortfolioAsync(CancellationToken cancellationToken);

    /// <summary>Fills after the cursor, oldest first (null = from the beginning); null when the broker did not answer.</summary>
    Task<FillPage?> FillsAsync(string? cursor, CancellationToken cancellationToken);

    /// <summary>The last <paramref name="count"/> closed frames of an epic, oldest first.</summary>
    Task<HistoryAnswer> HistoryAsync(string epic, int timeFrameSeconds, int count, CancellationToken cancellationToken);

    /// <summary>Starts the live frames of an epic; an invalid epic or time frame fails alone.</summary>
    Task<MarketDataResult> SubscribeAsync(string epic, int timeFrameSeconds, CancellationToken cancellationToken);

    /// <summary>Ends the live frames of an epic.</summary>
    Task<MarketDataResult> UnsubscribeAsync(string epic, CancellationToken cancellationToken);

    /// <summary>The broker's clock; null when the broker did not answer.</summary>
    Task<DateTimeOffset?> TimeAsync(CancellationToken cancellationToken);

    /// <summary>Says that what an event caused is committed. Lost acknowledgements only cause a second delivery.</summary>
    ValueTask AcknowledgeAsync(long eventId, CancellationToken cancellationToken);
}
