using System.Data.Common;
using System.Text.Json;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Figures;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>What every kind of database keeps for an engine.</summary>
public abstract class EngineStoreContract
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>An empty database of the test's own.</summary>
    protected abstract IStoreDatabase Database { get; }

    [ContractFact]
    public async Task The_latest_trades_come_back_with_what_each_fill_closed()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
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

    [ContractFact]
    public async Task Numbers_begin_above_all_given_out_before_also_when_the_clock_goes_back()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using (var store = new EngineStore(Database))
        {
            store.TakeSequence(1_000_000_000_000_000).Should().Be(1_000_000_000_000_000);
        }

        using var next = new EngineStore(Database);
        next.TakeSequence(5).Should().Be(1_000_000_000_000_000 + IEngineStore.SequenceStep);
        next.TakeSequence(2_000_000_000_000_000).Should().Be(2_000_000_000_000_000);
    }

    [ContractFact]
    public async Task What_is_committed_comes_back_equal()
    {
        await Database.MigrateAsync(CancellationToken.None);
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
        changes.Fills.Add(Fill("F1"));
        for (var i = 1; i <= 5; i++)
        {
            changes.Frames.Add(("s", new Frame(i * 60, 1.10m, 2m, 0.5m, 1.5m, i), 3));
        }

        using (var store = new EngineStore(Database))
        {
            store.Commit([changes], state);
        }

        using var again = new EngineStore(Database);
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

    [ContractFact]
    public async Task Later_commits_add_the_new_steps_of_an_order_behind_the_stored_ones()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
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

    [ContractFact]
    public async Task A_commit_that_fails_in_the_middle_leaves_nothing()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var good = new ChangeSet();
        good.Orders["01"] = (Order("01", "R1"), 0);
        store.Commit([good], State());
        var bad = new ChangeSet();
        bad.Orders["02"] = (Order("02", "R2"), 0);
        bad.Orders["03"] = (Order("03", "R1"), 0); // the reference is taken

        var commit = () => store.Commit([bad], State() with { Version = 99 });

        commit.Should().Throw<DbException>();
        store.Load().Orders.Select(o => o.OrderId).Should().Equal("01");
        store.Load().Account!.Version.Should().NotBe(99);
    }

    [ContractFact]
    public async Task A_fill_cannot_be_stored_twice()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet();
        changes.Fills.Add(Fill("F1"));
        store.Commit([changes], State());

        var again = () => store.Commit([changes], State());

        again.Should().Throw<DbException>();
    }

    [ContractFact]
    public async Task The_model_and_the_migrated_tables_agree()
    {
        await Database.MigrateAsync(CancellationToken.None);
        var options = new DbContextOptionsBuilder<EngineContext>();
        options.UseSqlite("Data Source=:memory:");
        await using var context = new EngineContext(options.Options);
        using var connection = Database.Open(TimeSpan.FromSeconds(2));

        // Every column of every table is named in the query: a missing one fails.
        foreach (var table in context.Model.GetEntityTypes())
        {
            var columns = string.Join(", ", table.GetProperties().Select(property => $"`{property.GetColumnName()}`"));
            connection.Read($"SELECT {columns} FROM {table.GetTableName()}", row => row.FieldCount)
                .Should().HaveCount(table.GetTableName() is "lease" or "live" ? 1 : 0);
        }
    }

    [ContractFact]
    public async Task A_schema_that_is_there_already_is_left_as_it_is()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using (var store = new EngineStore(Database))
        {
            store.Commit([], State() with { Version = 5 });
        }

        await Database.MigrateAsync(CancellationToken.None);

        using var again = new EngineStore(Database);
        again.Load().Account!.Version.Should().Be(5);
    }

    [ContractFact]
    public async Task A_schema_of_a_later_program_is_refused()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using (var connection = Database.Open(TimeSpan.FromSeconds(2)))
        using (var later = connection.Prepare("INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ($1, $2)"))
        {
            later.Count("29991231000000_Later", "99").Should().Be(1);
        }

        var migrate = () => Database.MigrateAsync(CancellationToken.None);

        (await migrate.Should().ThrowAsync<StoreRefusedException>()).Which.Message.Should().Contain("29991231000000_Later");
    }

    [ContractFact]
    public async Task Text_comes_back_as_it_was_and_is_compared_letter_by_letter()
    {
        const string Text = """O'Neil said: "50 % \\ \0 _ `x`"; -- $1 @p1 € 😀""";
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet();
        changes.Orders["01"] = (Order("01", "R1") with { ClientOrderId = "abc", Changes = [new OrderChange(At, OrderExecState.JustCreated, DealStatus.NotSubmitted, Text)] }, 0);
        changes.Orders["02"] = (Order("02", "r1") with { ClientOrderId = "ABC" }, 0);
        changes.Datastore.Add(("s", "key", Text));

        store.Commit([changes], State());

        store.FindByClientId("abc")!.Changes.Single().Note.Should().Be(Text);
        store.FindByClientId("ABC")!.OrderId.Should().Be("02");
        store.FindByClientId("Abc").Should().BeNull();
        store.SystemData.ValueOf("s", "key").Should().Be(Text);
        store.SystemData.ValueOf("S", "key").Should().BeNull();
    }

    [ContractFact]
    public async Task What_systems_and_the_gateway_have_is_kept_and_taken_away_again()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var line = new ChartSeries(null!, "price", "line", SeriesKind.Line);
        var series = new LiveSeries("EURUSD", 60);
        var first = new ChangeSet(At);
        first.SystemStates["s"] = new SystemSnapshot("""{"a":1}""");
        first.Feeds["s"] = new FeedMark(60, null);
        first.EquityDays.Add(new EquityDay(new DateOnly(2026, 1, 5), 10m, 12.5m, 9.5m, 11m, 0.24));
        for (var i = 1; i <= 5; i++)
        {
            first.SystemLog.Add(("s", At, new JournalLine(Severity.Warning, $"line {i}")));
            first.Chart.Add(("s", new ChartChange(line, new ChartPoint(i * 60, i / 3d), i == 5 ? 60 : null)));
            first.Events.Add(new EngineEvent(EventTypes.Push, Severity.Info, "s", $"title {i}", "text"));
            first.Bars.Add((series, new Frame(i * 60, 1m, 2m, 0.5m, 1.5m, i)));
        }

        store.Commit([first], State());

        store.SystemData.StateOf("s").Should().Be(("""{"a":1}""", At));
        store.SystemData.LogOf("s", 0, 3).Select(l => l.Line.Message).Should().Equal("line 1", "line 2", "line 3");
        store.SystemData.ChartOf("s").Should().ContainSingle().Which.Points
            .Should().Equal(new ChartPoint(120, 2 / 3d), new ChartPoint(180, 1), new ChartPoint(240, 4 / 3d), new ChartPoint(300, 5 / 3d));
        store.ResultData.DaysFrom(new DateOnly(2026, 1, 5)).Should().Equal(new EquityDay(new DateOnly(2026, 1, 5), 10m, 12.5m, 9.5m, 11m, 0.24));
        store.WaitingSeries().Should().Equal((series, 300L));
        store.WaitingBars(series, 60, 2).Should().Equal(new Frame(120, 1m, 2m, 0.5m, 1.5m, 2), new Frame(180, 1m, 2m, 0.5m, 1.5m, 3));
        var waiting = store.WaitingEvents(10);
        waiting.Select(e => e.Event.Title).Should().Equal("title 1", "title 2", "title 3", "title 4", "title 5");

        var second = new ChangeSet(At);
        second.TakenEvents.Add(waiting[0].Number);
        second.TakenBars.Add(new TakenBars(series, 0, 240));
        second.Bars.Add((series, new Frame(360, 1m, 2m, 0.5m, 1.5m, 6)));
        second.CorruptStates.Add(("s", At, "{"));
        second.Datastore.Add(("s", "key", null));
        second.Signals["s"] = null;
        second.DroppedFrames.Add("s");
        store.Commit([second], State());

        store.WaitingEvents(10).Should().HaveCount(4);
        store.WaitingBars(series, 0, 10).Select(bar => bar.UnixSeconds).Should().Equal(300, 360);
        store.SystemData.ChartOf("s").Should().BeEmpty();
        store.SystemData.LogOf("s", 0, 10).Should().BeEmpty();
        store.SystemData.StateOf("s").Should().BeNull();
    }

    [ContractFact]
    public async Task Of_a_systems_log_the_last_thousand_lines_are_kept()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet(At);
        for (var i = 1; i <= 1_010; i++)
        {
            changes.SystemLog.Add(("s", At, new JournalLine(Severity.Info, $"{i}")));
        }

        store.Commit([changes], State());

        var lines = store.SystemData.LogOf("s", 0, 2_000);
        (lines.Count, lines[0].Line.Message, lines[^1].Line.Message).Should().Be((1_000, "11", "1010"));
    }

    [ContractFact]
    public async Task A_commit_of_many_inputs_with_long_documents_is_one_transaction()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = Enumerable.Range(0, 64).Select(i =>
        {
            var change = new ChangeSet(At);
            change.SystemStates[$"s{i}"] = new SystemSnapshot($$"""{"a":"{{new string('x', 100_000)}}"}""");
            change.Fills.Add(Fill($"F{i}"));
            return change;
        }).ToArray();

        store.Commit(changes, State());
        var broken = () => store.Commit([.. changes[..60], changes[63]], State() with { Version = 99 });
        broken.Should().Throw<DbException>("its fills are there already");

        var loaded = store.Load();
        loaded.SystemStates.Should().HaveCount(64);
        loaded.FillIds.Should().HaveCount(64).And.StartWith("F63", "the latest comes first");
        loaded.Moved!["EURUSD"].Should().Be(64m);
        loaded.Account!.Version.Should().NotBe(99);
    }

    [ContractFact]
    public async Task Trades_of_a_signal_are_those_of_its_orders()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet();
        foreach (var signal in new[] { "s", "t" })
        {
            changes.Orders[signal] = (Order(signal, $"R{signal}") with { System = "FUTM", SignalId = signal }, 0);
            changes.Fills.Add(Fill($"F{signal}", $"R{signal}") with { Closing = new Closing(1m, 1.0m, 60) });
        }

        store.Commit([changes], State());

        store.ResultData.TradesOf(At, At.AddSeconds(1), "FUTM", "t").Should().ContainSingle();
        store.ResultData.TradesOf(At, At.AddSeconds(1), "FUTM", null).Should().HaveCount(2);
        store.ResultData.TradesOf(At, At.AddSeconds(1), "OTHER", null).Should().BeEmpty();
        store.ResultData.TradesOf(At.AddSeconds(1), At.AddSeconds(2), null, null).Should().BeEmpty();
    }

    [ContractFact]
    public async Task Pages_of_orders_follow_each_other_without_gap_or_repetition()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
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

    private static Fill Fill(string id, string reference = "R1") => new(
        id, reference, "D1", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 1m, 1.1m, null, 60, At);

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
