using System.Data.Common;
using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Figures;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>What every kind of database keeps for an engine: its schema, whole commits, numbers, text.</summary>
public abstract class EngineStoreContract
{
    /// <summary>An empty database of the test's own.</summary>
    protected abstract IStoreDatabase Database { get; }

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
        var state = StoreSamples.State() with { Version = 9, FillCursor = "c7", Drift = 2, Frame = 120, Blocked = true, BlockReason = "why", Liquidates = true, Equity = new EquityDay(new DateOnly(2026, 1, 5), 10m, 12.5m, 9.5m, 11m, 0.24) };
        var changes = new ChangeSet();
        var order = StoreSamples.Order("01", "R1") with
        {
            ClientOrderId = "c-1",
            StopPrice = 1.2300m,
            Attempt = 3,
            CancelAttempt = 2,
            AssumedQty = 0.5m,
            OnFilled = new TradeIntent("EURUSD", OrderAction.OpenPosition, OrderOpType.Sell, 4m, 1.5m),
            Changes = [new OrderChange(StoreSamples.At, OrderExecState.JustCreated, DealStatus.NotSubmitted, ""), new OrderChange(StoreSamples.At, OrderExecState.Submitted, DealStatus.Submitting, "x") { LatencyMs = 1.25 }],
        };
        var position = new Position { Epic = "EURUSD", Qty = -2.5m, AvgPrice = 1.10m, LastPrice = 1.2m, DealIds = ["a", "b"], OpenedAt = StoreSamples.At, SignalId = "s" };
        var signal = new Signal
        {
            SignalId = "s",
            Epic = "EURUSD",
            System = "FUTM",
            TimeFrame = 60,
            Params = JsonDocument.Parse("""{"qty":1.50}""").RootElement,
            State = SignalState.Error,
            Error = "why",
            Created = StoreSamples.At,
            Modified = StoreSamples.At,
            EndTrade = 99,
        };
        changes.Orders["01"] = (order, 0);
        changes.Positions["EURUSD"] = position;
        changes.Signals["s"] = signal;
        changes.SystemStates["s"] = new SystemSnapshot("""{"a":1}""");
        changes.Fills.Add(StoreSamples.Fill("F1"));
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
            store.Commit([], StoreSamples.State() with { Version = 5 });
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
        changes.Orders["01"] = (StoreSamples.Order("01", "R1") with { ClientOrderId = "abc", Changes = [new OrderChange(StoreSamples.At, OrderExecState.JustCreated, DealStatus.NotSubmitted, Text)] }, 0);
        changes.Orders["02"] = (StoreSamples.Order("02", "r1") with { ClientOrderId = "ABC" }, 0);
        changes.Datastore.Add(("s", "key", Text));

        store.Commit([changes], StoreSamples.State());

        store.FindByClientId("abc")!.Changes.Single().Note.Should().Be(Text);
        store.FindByClientId("ABC")!.OrderId.Should().Be("02");
        store.FindByClientId("Abc").Should().BeNull();
        store.SystemData.ValueOf("s", "key").Should().Be(Text);
        store.SystemData.ValueOf("S", "key").Should().BeNull();
    }

    [ContractFact]
    public async Task A_commit_of_many_inputs_with_long_documents_is_one_transaction()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = Enumerable.Range(0, 64).Select(i =>
        {
            var change = new ChangeSet(StoreSamples.At);
            change.SystemStates[$"s{i}"] = new SystemSnapshot($$"""{"a":"{{new string('x', 100_000)}}"}""");
            change.Fills.Add(StoreSamples.Fill($"F{i}"));
            return change;
        }).ToArray();

        store.Commit(changes, StoreSamples.State());
        var broken = () => store.Commit([.. changes[..60], changes[63]], StoreSamples.State() with { Version = 99 });
        broken.Should().Throw<DbException>("its fills are there already");

        var loaded = store.Load();
        loaded.SystemStates.Should().HaveCount(64);
        loaded.FillIds.Should().HaveCount(64).And.StartWith("F63", "the latest comes first");
        loaded.Moved!["EURUSD"].Should().Be(64m);
        loaded.Account!.Version.Should().NotBe(99);
    }
}
