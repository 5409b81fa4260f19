using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Figures;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.Engine.Persistence;

public sealed class EngineStoreTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    private string Connection => new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = false }.ToString();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_latest_trades_come_back_with_what_each_fill_closed()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        using var store = new EngineStore(Connection);
        var changes = new ChangeSet();
        changes.Orders["01"] = (Order("01", "R1") with { System = "FUTM", SignalId = "s" }, 0);
        changes.Fills.Add(new Fill("F1", "R1", "D1", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 2m, 1.1m, null, 60, At));
        foreach (var (id, price) in new[] { ("F2", 1.3m), ("F3", 1.0m) })
        {
            changes.Fills.Add(new Fill(id, "R1", "D1", "EURUSD", OrderAction.ClosePosition, OrderOpType.Sell, OrderType.Market, 1m, price, null, 120, At)
            {
                Closing = new Closing(1m, 1.1m, 60),
            });
        }

        store.Commit([changes], State());

        store.LatestTrades(5).Should().Equal(
            new Trade("F2", "01", "EURUSD", "FUTM", "s", 60, 120, OrderOpType.Buy, 1m, 1.1m, 1.3m, 0, 0.2m, At),
            new Trade("F3", "01", "EURUSD", "FUTM", "s", 60, 120, OrderOpType.Buy, 1m, 1.1m, 1.0m, 0, -0.1m, At));
        store.LatestTrades(1).Should().ContainSingle().Which.TradeId.Should().Be("F3");
    }

    [Fact]
    public async Task Numbers_begin_above_all_given_out_before_also_when_the_clock_goes_back()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        using (var store = new EngineStore(Connection))
        {
            store.TakeSequence(1_000_000_000_000_000).Should().Be(1_000_000_000_000_000);
        }

        using var next = new EngineStore(Connection);
        next.TakeSequence(5).Should().Be(1_000_000_000_000_000 + IEngineStore.SequenceStep);
        next.TakeSequence(2_000_000_000_000_000).Should().Be(2_000_000_000_000_000);
    }

    [Fact]
    public async Task What_is_committed_comes_back_equal()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        var state = State() with { Version = 9, FillCursor = "c7", Drift = 2, Frame = 120, Blocked = true, BlockReason = "why", Liquidates = true, Equity = new EquityDay(new DateOnly(2026, 1, 5), 10m, 12.5m, 9.5m, 11m, 0.24) };
        var changes = new ChangeSet();
        var order = Order("01", "R1") with
        {
            ClientOrderId = "c-1",
            StopPrice = 1.2300m,
            Attempt = 3,
            CancelAttempt = 2,
            AssumedQty = 0.5m,
            OnFilled = new TradeIntent("EURUSD", OrderAction.OpenPosition, OrderOpType.Sell, 4m, 1.5m),
            Changes = [new OrderChange(At, OrderExecState.JustCreated, DealStatus.NotSubmitted, ""), new OrderChange(At, OrderExecState.Submitted, DealStatus.Submitting, "x") { LatencyMs = 1.25 }],
        };
        var position = new Position { Epic = "EURUSD", Qty = -2.5m, AvgPrice = 1.10m, LastPrice = 1.2m, DealIds = ["a", "b"], OpenedAt = At, SignalId = "s" };
        var signal = new Signal
        {
            SignalId = "s",
            Epic = "EURUSD",
            System = "FUTM",
            TimeFrame = 60,
            Params = JsonDocument.Parse("""{"qty":1.50}""").RootElement,
            State = SignalState.Error,
            Error = "why",
            Created = At,
            Modified = At,
            EndTrade = 99,
        };
        changes.Orders["01"] = (order, 0);
        changes.Positions["EURUSD"] = position;
        changes.Signals["s"] = signal;
        changes.SystemStates["s"] = new SystemSnapshot("""{"a":1}""");
        changes.Fills.Add(new Fill("F1", "R1", "D1", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 1m, 1.1m, null, 60, At));
        for (var i = 1; i <= 5; i++)
        {
            changes.Frames.Add(("s", new Frame(i * 60, 1.10m, 2m, 0.5m, 1.5m, i), 3));
        }

        using (var store = new EngineStore(Connection))
        {
            store.Commit([changes], state);
        }

        using var again = new EngineStore(Connection);
        var loaded = again.Load();
        loaded.Account.Should().Be(StoredAccount.Of(state));
        loaded.Orders.Should().ContainSingle().Which.Should().BeEquivalentTo(order, o => o.ComparingRecordsByMembers());
        loaded.Positions.Should().ContainSingle().Which.Should().BeEquivalentTo(position, o => o.ComparingRecordsByMembers());
        loaded.Signals.Should().ContainSingle().Which.Should().BeEquivalentTo(signal, o => o.ComparingRecordsByMembers().Excluding(s => s.Params));
        loaded.Signals[0].Params.GetRawText().Should().Be("""{"qty":1.50}""");
        loaded.FillIds.Should().Equal("F1");
        loaded.SystemStates["s"].Should().Be("""{"a":1}""");
        loaded.Frames["s"].Select(f => f.UnixSeconds).Should().Equal([180, 240, 300], "the last three are kept");
    }

    [Fact]
    public async Task Later_commits_add_the_new_steps_of_an_order_behind_the_stored_ones()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        using var store = new EngineStore(Connection);
        var created = Order("01", "R1") with
        {
            Changes = [new OrderChange(At, OrderExecState.JustCreated, DealStatus.NotSubmitted, "first")],
        };
        var sent = created.After(OrderEvent.Dispatched, At, "second").After(OrderEvent.Accepted, At, "third");
        var first = new ChangeSet();
        first.Orders["01"] = (created, 0);
        var second = new ChangeSet();
        second.Orders["01"] = (sent, 1);

        store.Commit([first], State());
        store.Commit([second], State());

        store.Load().Orders.Single().Changes.Select(c => c.Note).Should().Equal("first", "second", "third");
    }

    [Fact]
    public async Task A_commit_that_fails_in_the_middle_leaves_nothing()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        using var store = new EngineStore(Connection);
        var good = new ChangeSet();
        good.Orders["01"] = (Order("01", "R1"), 0);
        store.Commit([good], State());
        var bad = new ChangeSet();
        bad.Orders["02"] = (Order("02", "R2"), 0);
        bad.Orders["03"] = (Order("03", "R1"), 0); // the reference is taken

        var commit = () => store.Commit([bad], State() with { Version = 99 });

        commit.Should().Throw<SqliteException>();
        store.Load().Orders.Select(o => o.OrderId).Should().Equal("01");
        store.Load().Account!.Version.Should().NotBe(99);
    }

    [Fact]
    public async Task A_fill_cannot_be_stored_twice()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        using var store = new EngineStore(Connection);
        var changes = new ChangeSet();
        changes.Fills.Add(new Fill("F1", "R1", "D1", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 1m, 1.1m, null, 60, At));
        store.Commit([changes], State());

        var again = () => store.Commit([changes], State());

        again.Should().Throw<SqliteException>();
    }

    [Fact]
    public async Task A_first_migration_that_was_killed_does_not_lock_out_the_next_start()
    {
        await using (var connection = new SqliteConnection(Connection))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL CONSTRAINT PK___EFMigrationsLock PRIMARY KEY, Timestamp TEXT NOT NULL);
                INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-01 00:00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await SchemaMigration.ApplyAsync(Connection, deadline.Token);

        using var store = new EngineStore(Connection);
        store.Load().Orders.Should().BeEmpty();
    }

    [Fact]
    public async Task The_model_and_the_migrated_tables_agree()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        var options = new Microsoft.EntityFrameworkCore.DbContextOptionsBuilder<EngineContext>();
        Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions.UseSqlite(options, Connection);
        await using var context = new EngineContext(options.Options);

        // Every column of every table is named in the query: a missing one fails.
        context.Account.ToList().Should().BeEmpty();
        context.Signals.ToList().Should().BeEmpty();
        context.Orders.ToList().Should().BeEmpty();
        context.OrderChanges.ToList().Should().BeEmpty();
        context.Fills.ToList().Should().BeEmpty();
        context.Positions.ToList().Should().BeEmpty();
        context.Frames.ToList().Should().BeEmpty();
        context.SystemStates.ToList().Should().BeEmpty();
        context.SystemLog.ToList().Should().BeEmpty();
        context.Lease.ToList().Should().ContainSingle();
    }

    [Fact]
    public async Task Pages_of_orders_follow_each_other_without_gap_or_repetition()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        using var store = new EngineStore(Connection);
        var changes = new ChangeSet();
        for (var i = 10; i < 35; i++)
        {
            changes.Orders[$"{i}"] = (Order($"{i}", $"R{i}") with { Created = At.AddSeconds(i) }, 0);
        }

        store.Commit([changes], State());

        var first = store.ListOrders(At.AddSeconds(12), At.AddSeconds(30), null, 10);
        var second = store.ListOrders(At.AddSeconds(12), At.AddSeconds(30), first[^1].OrderId, 10);
        first.Concat(second).Select(o => o.OrderId).Should().Equal(Enumerable.Range(12, 18).Select(i => $"{i}"));
        store.FindByClientId("none").Should().BeNull();
    }

    private static TradingState State() => new() { Config = new AccountConfig(true, "23:45", new RiskLimits(), 1) };

    private static Order Order(string id, string reference) => new()
    {
        OrderId = id,
        DealReference = reference,
        Epic = "EURUSD",
        Action = OrderAction.OpenPosition,
        OpType = OrderOpType.Buy,
        OrderType = OrderType.Market,
        Qty = 1.50m,
        AuthorType = OrderAuthorType.System,
        Created = At,
        Modified = At,
    };
}
