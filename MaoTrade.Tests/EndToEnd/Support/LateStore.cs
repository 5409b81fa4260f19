using System.Threading.Channels;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>A store that says a commit is done and does it a little later: what it answers for has left before it is saved.</summary>
internal sealed class LateStore : IEngineStore
{
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(150);
    private readonly IEngineStore _store;
    private readonly Channel<(IReadOnlyList<ChangeSet> Changes, TradingState State)> _waiting =
        Channel.CreateUnbounded<(IReadOnlyList<ChangeSet>, TradingState)>();

    public LateStore(IEngineStore store)
    {
        _store = store;
        _ = SaveAsync();
    }

    public ISystemData? SystemData => _store.SystemData;

    public StoredState Load() => _store.Load();

    public void Commit(IReadOnlyList<ChangeSet> changes, TradingState state) => _waiting.Writer.TryWrite(([.. changes], state));

    public Order? FindByClientId(string clientOrderId) => _store.FindByClientId(clientOrderId);

    public IReadOnlyList<Order> ListOrders(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit) =>
        _store.ListOrders(from, to, cursor, limit);

    public void Dispose() => _store.Dispose();

    private async Task SaveAsync()
    {
        await foreach (var (changes, state) in _waiting.Reader.ReadAllAsync())
        {
            await Task.Delay(Lateness, TimeProvider.System);
            _store.Commit(changes, state);
        }
    }
}
