using MaoApi.Data;
using MaoApi.Data.History;
using MaoApi.Hosting;
using MaoApi.MarketData;
using MaoTrade.Market.Frames;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Bench.Gateways;

/// <summary>The store of market history in a folder, as the gateway has it in SQLite, without a gateway.</summary>
internal sealed class HistoryUnderTest : IAsyncDisposable
{
    private const int TickersAtOnce = 10_000;

    private HistoryUnderTest(DataFolder folder)
    {
        Provider = new SqliteDatabase(folder);
        Histories = new Factory<MaoDataContext>(() => new MaoDataContext(Options<MaoDataContext>(DatabaseName.MaoData)));
        Homes = new Factory<MaoHomeContext>(() => new MaoHomeContext(Options<MaoHomeContext>(DatabaseName.MaoHome)));
    }

    public IDatabaseProvider Provider { get; }

    public IDbContextFactory<MaoDataContext> Histories { get; }

    public IDbContextFactory<MaoHomeContext> Homes { get; }

    /// <summary>Over a folder a gateway has made, or a new one.</summary>
    public static async Task<HistoryUnderTest> CreateAsync(string folder, bool isNew = true)
    {
        var store = new HistoryUnderTest(DataFolder.Beside(folder));
        if (isNew)
        {
            await new DatabaseMigrator(store.Provider, store.Homes, store.Histories).MigrateAsync(CancellationToken.None);
        }

        return store;
    }

    public async Task AddTickersAsync(IEnumerable<(string Symbol, string Name)> tickers)
    {
        // As old as most are in a store that is used: what was changed just now is looked through one by one.
        var modified = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        foreach (var some in tickers.Chunk(TickersAtOnce))
        {
            await using var history = await Histories.CreateDbContextAsync();
            history.AddRange(some.Select(ticker => new Ticker
            {
                Symbol = ticker.Symbol,
                Name = ticker.Name,
                Market = "X",
                Source = TickerSources.Store,
                IsEnabled = true,
                Created = modified,
                Modified = modified,
            }));
            await history.SaveChangesAsync();
        }
    }

    public async Task WriteAsync(string symbol, int timeFrameSeconds, IReadOnlyList<Frame> bars)
    {
        await using var history = await Histories.CreateDbContextAsync();
        var key = await history.Tickers.Where(ticker => ticker.Symbol == symbol).Select(ticker => ticker.Id).SingleAsync();
        await new HistoryWriter(Histories, Provider, TimeProvider.System).WriteAsync(key, timeFrameSeconds, bars, "bench", CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }

    private DbContextOptions<T> Options<T>(DatabaseName database)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        Provider.Configure(options, database);
        return options.Options;
    }

    private sealed class Factory<T>(Func<T> create) : IDbContextFactory<T>
        where T : DbContext
    {
        public T CreateDbContext() => create();
    }
}
