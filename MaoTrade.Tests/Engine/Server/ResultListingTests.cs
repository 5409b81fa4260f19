using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Engine.Trading;
using MaoTrade.Market.Figures;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Server;

/// <summary>srvId 15 over what a real store holds; the account's days end at 22:45 UTC.</summary>
public sealed class ResultListingTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly TradingRules Rules = new(
        "demo", TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"),
        new Dictionary<string, SymbolRules>
        {
            ["EURUSD"] = new("EURUSD", null, null, null, null),
            ["GER40"] = new("GER40", null, null, null, null) { FeeRate = 0.001m, Currency = "EUR" },
            ["SPX"] = new("SPX", null, null, null, null) { FeeRate = 0.001m, Currency = "USD" },
        }.ToFrozenDictionary());

    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotBoard _board = new("demo", TimeProvider.System);
    private readonly EngineStore _store;
    private readonly TradingState _state = new()
    {
        Config = new AccountConfig(true, "23:45", new RiskLimits(), 1),
        MarketTime = Now,
        Equity = new EquityDay(new DateOnly(2026, 1, 10), 1_100, 1_100, 1_045, 1_045, 0.05),
        Account = new BrokerAccount("demo", "demo", AccountStatus.Enabled, "EUR", 0, 1_045, 0, 0, true),
    };

    public ResultListingTests()
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = false }.ToString();
        SchemaMigration.ApplyAsync(connection, CancellationToken.None).GetAwaiter().GetResult();
        _store = new EngineStore(connection);
        var rows = new ChangeSet(Now);
        rows.EquityDays.Add(new EquityDay(new DateOnly(2025, 12, 1), 500, 500, 500, 500, 0));
        rows.EquityDays.Add(new EquityDay(new DateOnly(2026, 1, 9), 1_000, 1_100, 1_000, 1_100, 0));
        Trade(rows, "01", "MacdCrossover", "s1", 120, new DateTimeOffset(2026, 1, 9, 22, 44, 0, TimeSpan.Zero));
        Trade(rows, "02", "Swing", "s2", -55, new DateTimeOffset(2026, 1, 9, 22, 45, 0, TimeSpan.Zero));
        Trade(rows, "03", "Swing", "s2", 7, new DateTimeOffset(2025, 12, 1, 12, 0, 0, TimeSpan.Zero));
        Trade(rows, "04", "Swing", "s2", null, Now);
        _store.Commit([rows], _state);
        _board.Publish(_state);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("1d", 1, -55, "2026-01-09T22:45:00.000Z")]
    [InlineData("7d", 2, 65, "2026-01-03T22:45:00.000Z")]
    [InlineData("1y", 3, 72, "2025-01-10T22:45:00.000Z")]
    public async Task A_period_is_trading_days_and_the_one_that_runs_is_the_last(string period, int trades, decimal profit, string from)
    {
        var reply = await OkAsync($$"""{"srvId":15,"period":"{{period}}"}""");

        reply.GetProperty("figures").GetProperty("trades").GetInt32().Should().Be(trades);
        reply.GetProperty("figures").GetProperty("totalProfit").GetDecimal().Should().Be(profit);
        reply.GetProperty("from").GetString().Should().Be(from);
        reply.GetProperty("to").GetString().Should().Be("2026-01-10T12:00:00.000Z");
        (reply.GetProperty("accountId").GetString(), reply.GetProperty("currency").GetString()).Should().Be(("demo", "EUR"));
        var last = reply.GetProperty("days").EnumerateArray().Last();
        last.GetRawText().Should().Be(
            """{"date":"2026-01-10","startEquity":1100,"endEquity":1045,"trades":1,"wins":0,"losses":1,"profit":-55,"fees":null,"maxDrawdown":0.05,"return":-0.050000000000000044}""");
    }

    [Theory]
    [InlineData("\"system\":\"MacdCrossover\"", 1, 120)]
    [InlineData("\"signalId\":\"s2\"", 1, -55)]
    [InlineData("\"system\":\"Swing\",\"signalId\":\"s1\"", 0, 0)]
    public async Task Trades_are_those_of_the_system_and_the_signal(string filter, int trades, decimal profit)
    {
        var figures = (await OkAsync("{\"srvId\":15,\"period\":\"7d\"," + filter + "}")).GetProperty("figures");

        (figures.GetProperty("trades").GetInt32(), figures.GetProperty("totalProfit").GetDecimal()).Should().Be((trades, profit));
        figures.GetProperty("totalReturn").GetDouble().Should().BeApproximately((double)profit / 1_000, 1e-12);
    }

    [Theory]
    [InlineData("""{"srvId":15,"period":"2d"}""", "period")]
    [InlineData("""{"srvId":15}""", "data")]
    [InlineData("""{"srvId":15,"period":"1d","epic":"x"}""", "epic")]
    public async Task A_malformed_question_names_its_field(string data, string field)
    {
        var reply = await AskAsync(data);

        reply.Code.Should().Be(ReplyCode.Malformed);
        reply.Message.Should().StartWith($"{field}: ");
    }

    [Theory]
    [InlineData("GER40", 0.42)]
    [InlineData("SPX", null)]
    [InlineData("EURUSD", null)]
    public async Task Fees_are_known_where_the_rate_is_and_in_the_accounts_currency(string epic, double? fees)
    {
        Closed(epic, 2, entry: 100, exit: 110, pnl: 20, opened: Now.AddHours(-4), at: Now.AddHours(-3));

        var reply = await OkAsync("""{"srvId":15,"period":"1d","signalId":"held"}""");

        Nullable(reply.GetProperty("figures").GetProperty("totalFees")).Should().Be(fees);
        Nullable(reply.GetProperty("days").EnumerateArray().Last().GetProperty("fees")).Should().Be(fees);
    }

    [Fact]
    public async Task Exposure_is_the_part_of_the_time_a_position_was_open_or_is()
    {
        // The day began at 22:45; 795 minutes went by since.
        Closed("GER40", 1, entry: 100, exit: 110, pnl: 10, opened: Now.AddDays(-3), at: Now.AddMinutes(-795 + 60));
        Closed("SPX", 1, entry: 100, exit: 110, pnl: 10, opened: Now.AddMinutes(-795 + 30), at: Now.AddMinutes(-795 + 120));
        Publish(_state with
        {
            Positions = _state.Positions.Add("GER40", new Position
            {
                Epic = "GER40",
                Qty = 1,
                AvgPrice = 1,
                LastPrice = 1,
                SignalId = "held",
                System = "Held",
                OpenedAt = Now.AddMinutes(-39),
            }),
        });

        var reply = await OkAsync("""{"srvId":15,"period":"1d","system":"Held"}""");

        reply.GetProperty("figures").GetProperty("exposure").GetDouble().Should().BeApproximately((120.0 + 39) / 795, 1e-12);
        (await OkAsync("""{"srvId":15,"period":"1d"}""")).GetProperty("figures").GetProperty("exposure").ValueKind.Should().Be(
            JsonValueKind.Null, "a fill without its entry is among them");
    }

    [Fact]
    public async Task A_close_the_broker_tells_no_profit_of_counts_with_its_difference_of_prices()
    {
        Closed("GER40", 2, entry: 100, exit: 110, pnl: null, opened: Now.AddHours(-4), at: Now.AddHours(-3));

        (await OkAsync("""{"srvId":15,"period":"1d","signalId":"held"}""")).GetProperty("figures").GetProperty("totalProfit").GetDecimal().Should().Be(20);
    }

    private static double? Nullable(JsonElement number) => number.ValueKind == JsonValueKind.Null ? null : number.GetDouble();

    private void Publish(TradingState state) => _board.Publish(state);

    private void Closed(string epic, decimal qty, decimal entry, decimal exit, decimal? pnl, DateTimeOffset opened, DateTimeOffset at)
    {
        var rows = new ChangeSet(Now);
        Trade(rows, $"C{epic}", "Held", "held", pnl, at, fill => fill with
        {
            Epic = epic,
            Qty = qty,
            Price = exit,
            Closing = new Closing(qty, entry, opened.ToUnixTimeSeconds()),
        });
        _store.Commit([rows], _state);
    }

    private static void Trade(ChangeSet rows, string number, string system, string signalId, decimal? pnl, DateTimeOffset at, Func<Fill, Fill>? change = null)
    {
        rows.Orders[number] = (new Order
        {
            OrderId = number,
            DealReference = $"R{number}",
            System = system,
            SignalId = signalId,
            Epic = "EURUSD",
            Action = OrderAction.ClosePosition,
            OpType = OrderOpType.Sell,
            OrderType = OrderType.Market,
            Qty = 1,
            AuthorType = OrderAuthorType.System,
            Created = at,
            Modified = at,
        }, 0);
        var fill = new Fill(
            $"F{number}", $"R{number}", "D", "EURUSD", OrderAction.ClosePosition, OrderOpType.Sell, OrderType.Market, 1, 1, pnl, 0, at);
        rows.Fills.Add(change?.Invoke(fill) ?? fill);
    }

    private async Task<JsonElement> OkAsync(string data)
    {
        var reply = await AskAsync(data);
        reply.Code.Should().Be(0, reply.Message);
        return JsonDocument.Parse(reply.Data).RootElement;
    }

    private async Task<ServiceReply> AskAsync(string data)
    {
        var stores = new EngineStores { Current = _store };
        var results = new ResultListing(Rules, stores, TimeProvider.System);
        var service = new TradeService(new TradeInbox(), _board, new OrderListing(stores), results, 0, NullLogger<TradeService>.Instance);
        return await service.HandleAsync(new ServiceRequest(Encoding.UTF8.GetBytes(data), true, null, long.MaxValue), CancellationToken.None);
    }
}
