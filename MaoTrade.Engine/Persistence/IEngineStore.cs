using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Persistence;

/// <summary>
/// What an engine remembers of its account. Written by the trade loop alone; a call that throws has stored nothing,
/// but for <see cref="CommitUnknownException"/>.
/// </summary>
public interface IEngineStore : IDisposable
{
    /// <summary>What systems keep; null in a store that is not asked for it.</summary>
    ISystemData? SystemData => null;

    /// <summary>What the account brought; null in a store that is not asked for it.</summary>
    IResultData? ResultData => null;

    /// <summary>Numbers left between two results of <see cref="TakeSequence"/>: more than one session can give out.</summary>
    const long SequenceStep = 1L << 32;

    /// <summary>Everything needed to go on.</summary>
    StoredState Load();

    /// <summary>Stores the rows of one or more inputs, all in one transaction, durable when it returns.</summary>
    /// <param name="changes">Rows in the order of their inputs.</param>
    /// <param name="state">The state after the last of them; its account figures are stored too.</param>
    /// <exception cref="LeaseLostException">Another process holds the account.</exception>
    /// <exception cref="CommitUnknownException">It was stored, or not; <see cref="Load"/> of a new store says which.</exception>
    void Commit(IReadOnlyList<ChangeSet> changes, TradingState state);

    /// <summary>Whether this process still holds the account, so that an order may leave. Thread-safe.</summary>
    bool MayTrade => true;

    /// <summary>Shows that the holder of the account lives; cheap, and nothing where it is not due.</summary>
    /// <exception cref="LeaseLostException">Another process holds the account.</exception>
    void Beat()
    {
        // A store that nobody shares needs no beat.
    }

    /// <summary>Events the gateway does not have yet, oldest first. Thread-safe.</summary>
    IReadOnlyList<StoredEvent> WaitingEvents(int limit) => [];

    /// <summary>Which bars the gateway may not have yet, and the start of the last one of each. Thread-safe.</summary>
    IReadOnlyList<(LiveSeries Series, long Last)> WaitingSeries() => [];

    /// <summary>Bars the gateway may not have yet and that begin after a moment, in the order of time. Thread-safe.</summary>
    IReadOnlyList<Frame> WaitingBars(LiveSeries series, long after, int limit) => [];

    /// <summary>An order by client order id, however old; null when there is none. Thread-safe.</summary>
    Order? FindByClientId(string clientOrderId);

    /// <summary>The trades that ended last, oldest first. Thread-safe.</summary>
    IReadOnlyList<Trade> LatestTrades(int limit) => [];

    /// <summary>
    /// The first of a run of numbers that this store has never given out: at least so much, and
    /// <see cref="SequenceStep"/> above the one before.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The store does not answer.</exception>
    long TakeSequence(long atLeast) => atLeast;

    /// <summary>Orders made in [from, to) with an id above the cursor, oldest first. Thread-safe.</summary>
    IReadOnlyList<Order> ListOrders(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit);
}
