using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.Simulation;

/// <summary>A store that fails when it is told to: nothing stored, or stored and the answer lost.</summary>
public sealed class SimulatedStore(IEngineStore store) : IEngineStore
{
    /// <summary>What the next commit does.</summary>
    public StoreFault Next { get; set; }

    public StoredState Load() => store.Load();

    public void Commit(IReadOnlyList<ChangeSet> changes, TradingState state)
    {
        var fault = Next;
        Next = StoreFault.None;
        if (fault != StoreFault.Fails)
        {
            store.Commit(changes, state);
        }

        if (fault != StoreFault.None)
        {
            throw new SqliteException("the disk is away", 10);
        }
    }

    public Order? FindByClientId(string clientOrderId) => store.FindByClientId(clientOrderId);

    public IReadOnlyList<Order> ListOrders(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit) =>
        store.ListOrders(from, to, cursor, limit);

    public void Dispose() => store.Dispose();
}

/// <summary>A fault of a commit.</summary>
public enum StoreFault
{
    None,
    Fails,
    AnswerLost,
}
