using System.Collections.Frozen;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Bench.Desks;

/// <summary>A desk on a new database of the product's own, as an engine has it.</summary>
internal sealed class AccountDesk : IDisposable
{
    private readonly string _connection;

    private AccountDesk(string connection, IEngineStore store, TradeDesk desk) => (_connection, Store, Desk) = (connection, store, desk);

    public IEngineStore Store { get; }

    public TradeDesk Desk { get; }

    /// <summary>On a file of its own in a folder.</summary>
    public static Task<AccountDesk> CreateAsync(string folder) => CreateAsync(new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, $"{Guid.NewGuid():N}.db"),
        Pooling = false,
    });

    /// <summary>The same SQL with nothing that leaves memory.</summary>
    public static Task<AccountDesk> CreateInMemoryAsync() => CreateAsync(new SqliteConnectionStringBuilder
    {
        DataSource = $"{Guid.NewGuid():N}",
        Mode = SqliteOpenMode.Memory,
        Cache = SqliteCacheMode.Shared,
    });

    /// <summary>The same database by its EF Core model.</summary>
    public EngineContext Model() => new(new DbContextOptionsBuilder<EngineContext>().UseSqlite(_connection).Options);

    private static async Task<AccountDesk> CreateAsync(SqliteConnectionStringBuilder connection)
    {
        await using var keeper = new SqliteConnection(connection.ToString());
        await keeper.OpenAsync();
        await SchemaMigration.ApplyAsync(connection.ToString(), CancellationToken.None);
        var store = new EngineStore(connection.ToString());
        var rules = new TradingRules("bench", TimeZoneInfo.Utc, FrozenDictionary<string, SymbolRules>.Empty);
        var time = TimeProvider.System;
        var tools = new TradingTools(new SystemCatalog(() => new EveryBarSystem()), new TitleTable(), new OrderWatch(time), new DealReferences(time), rules);
        var config = new AccountConfig(TradingEnabled: true, "23:45", new RiskLimits(), Version: 1);
        return new AccountDesk(connection.ToString(), store, new TradeDesk(store, tools, time, StateRestoration.Restore(store.Load(), config, tools, time.GetUtcNow())));
    }

    public void Dispose() => Store.Dispose();
}
