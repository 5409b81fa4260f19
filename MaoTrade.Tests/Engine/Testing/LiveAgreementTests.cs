using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Testing.Rules;
using MaoTrade.Engine.Trading;
using MaoTrade.Market.Figures;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Testing;

/// <summary>
/// A system test's fills and equity, told to the store of a live account: srvId 15 gives the figures of the test to the last bit. The
/// account's days are UTC days; a trading day has the name of the day its clean falls on, the next one.
/// </summary>
public sealed class LiveAgreementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_live_account_and_a_system_test_of_the_same_fills_and_equity_have_the_same_figures()
    {
        var plan = Plans.BuiltIn("MacdCrossover", """{"fast_period":5,"slow_period":20,"qty":3}""", Plans.Walk(7_000)) with
        {
            StartEquity = 10_000,
            Rules = new BacktestRules { Fee = FeeModel.Parse("percent:0.1")!, AtEnd = EndRule.Close },
        };
        var test = plan.Run();
        test.Trades.Should().HaveCountGreaterThan(50);
        using var store = await StoreOfAsync(test);
        var last = test.Equity[^1].UnixSeconds;

        var live = await AskAsync(store, test, last);

        var figures = live.GetProperty("figures").Deserialize<PerformanceFigures>(JsonSerializerOptions.Web)!;
        (figures with { Exposure = test.Figures.Exposure }).Should().Be(test.Figures);
        live.GetProperty("days").Deserialize<ResultDay[]>(JsonSerializerOptions.Web)!
            .Select(day => day with { Date = day.Date.AddDays(-1) }).Should().Equal(test.Days);

        // A bar counts with the time up to its close.
        var whole = await AskAsync(store, test, last + plan.Bars.TimeFrameSeconds);
        whole.GetProperty("figures").GetProperty("exposure").GetDouble().Should().Be(test.Figures.Exposure);
    }

    private static async Task<JsonElement> AskAsync(EngineStore store, BacktestResult test, long now)
    {
        var board = new SnapshotBoard("demo", TimeProvider.System);
        board.Publish(State(Days(test)[^1], now));
        var stores = new EngineStores { Current = store };
        var rules = new TradingRules(
            "demo", TimeZoneInfo.Utc,
            new Dictionary<string, SymbolRules> { ["WALK"] = new("WALK", null, null, null, null) { FeeRate = 0.001m } }.ToFrozenDictionary());
        var service = new TradeService(
            new TradeInbox(), board, new OrderListing(stores), new ResultListing(rules, stores, TimeProvider.System), 0, NullLogger<TradeService>.Instance);
        var reply = await service.HandleAsync(
            new ServiceRequest(Encoding.UTF8.GetBytes("""{"srvId":15,"period":"1y"}"""), true, null, long.MaxValue), CancellationToken.None);
        reply.Code.Should().Be(0, reply.Message);
        return JsonDocument.Parse(reply.Data).RootElement;
    }

    private async Task<EngineStore> StoreOfAsync(BacktestResult test)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = false }.ToString();
        await SchemaMigration.ApplyAsync(connection, CancellationToken.None);
        var store = new EngineStore(connection);
        var rows = new ChangeSet(DateTimeOffset.UnixEpoch);
        var days = Days(test);
        rows.EquityDays.AddRange(days.SkipLast(1));
        rows.Fills.AddRange(test.Trades.Select((trade, i) => new Fill(
            $"F{i}", $"R{i}", "D", "WALK", OrderAction.ClosePosition,
            trade.OpType == OrderOpType.Buy ? OrderOpType.Sell : OrderOpType.Buy, OrderType.Market, trade.Qty, trade.ExitPrice, trade.Pnl,
            trade.ExitFrame, DateTimeOffset.FromUnixTimeSeconds(trade.ExitFrame))
        {
            Closing = new Closing(trade.Qty, trade.EntryPrice, trade.EntryFrame),
        }));
        store.Commit([rows], State(days[^1], test.Equity[^1].UnixSeconds));
        return store;
    }

    /// <summary>As the trade loop keeps them, figure by figure.</summary>
    private static List<EquityDay> Days(BacktestResult test)
    {
        var days = new List<EquityDay> { EquityDay.Begin(new DateOnly(1970, 1, 2), test.Plan.StartEquity) };
        foreach (var point in test.Equity)
        {
            var after = EquityDay.After(days[^1], DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(point.UnixSeconds).UtcDateTime).AddDays(1), point.Value);
            if (after.Date == days[^1].Date)
            {
                days[^1] = after;
            }
            else
            {
                days.Add(after);
            }
        }

        return days;
    }

    private static TradingState State(EquityDay running, long now) => new()
    {
        Config = new AccountConfig(true, "00:00", new RiskLimits(), 1),
        MarketTime = DateTimeOffset.FromUnixTimeSeconds(now),
        Equity = running,
        Account = new BrokerAccount("demo", "demo", AccountStatus.Enabled, "EUR", 0, running.Last, 0, 0, true),
    };
}
