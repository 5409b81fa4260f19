using System.Data.Common;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>What every kind of database keeps of orders, their fills and the trades they make.</summary>
public abstract class OrderStoreContract
{
    /// <summary>An empty database of the test's own.</summary>
    protected abstract IStoreDatabase Database { get; }

    [ContractFact]
    public async Task The_latest_trades_come_back_with_what_each_fill_closed()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet();
        changes.Orders["01"] = (StoreSamples.Order("01", "R1") with { System = "FUTM", SignalId = "s" }, 0);
        changes.Fills.Add(new Fill("F1", "R1", "D1", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 2m, 1.1m, null, 60, StoreSamples.At));
        foreach (var (id, price) in new[] { ("F2", 1.3m), ("F3", 1.0m) })
        {
            changes.Fills.Add(new Fill(id, "R1", "D1", "EURUSD", OrderAction.ClosePosition, OrderOpType.Sell, OrderType.Market, 1m, price, null, 120, StoreSamples.At)
            {
                Closing = new Closing(1m, 1.1m, 60),
            });
        }

        store.Commit([changes], StoreSamples.State());

        store.LatestTrades(5).Should().Equal(
            new Trade("F2", "01", "EURUSD", "FUTM", "s", 60, 120, OrderOpType.Buy, 1m, 1.1m, 1.3m, 0, 0.2m, StoreSamples.At),
            new Trade("F3", "01", "EURUSD", "FUTM", "s", 60, 120, OrderOpType.Buy, 1m, 1.1m, 1.0m, 0, -0.1m, StoreSamples.At));
        store.LatestTrades(1).Should().ContainSingle().Which.TradeId.Should().Be("F3");
    }

    [ContractFact]
    public async Task Later_commits_add_the_new_steps_of_an_order_behind_the_stored_ones()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var created = StoreSamples.Order("01", "R1") with
        {
            Changes = [new OrderChange(StoreSamples.At, OrderExecState.JustCreated, DealStatus.NotSubmitted, "first")],
        };
        var sent = created.After(OrderEvent.Dispatched, StoreSamples.At, "second").After(OrderEvent.Accepted, StoreSamples.At, "third");
        var first = new ChangeSet();
        first.Orders["01"] = (created, 0);
        var second = new ChangeSet();
        second.Orders["01"] = (sent, 1);

        store.Commit([first], StoreSamples.State());
        store.Commit([second], StoreSamples.State());

        store.Load().Orders.Single().Changes.Select(c => c.Note).Should().Equal("first", "second", "third");
    }

    [ContractFact]
    public async Task A_commit_that_fails_in_the_middle_leaves_nothing()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var good = new ChangeSet();
        good.Orders["01"] = (StoreSamples.Order("01", "R1"), 0);
        store.Commit([good], StoreSamples.State());
        var bad = new ChangeSet();
        bad.Orders["02"] = (StoreSamples.Order("02", "R2"), 0);
        bad.Orders["03"] = (StoreSamples.Order("03", "R1"), 0); // the reference is taken

        var commit = () => store.Commit([bad], StoreSamples.State() with { Version = 99 });

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
        changes.Fills.Add(StoreSamples.Fill("F1"));
        store.Commit([changes], StoreSamples.State());

        var again = () => store.Commit([changes], StoreSamples.State());

        again.Should().Throw<DbException>();
    }

    [ContractFact]
    public async Task Trades_of_a_signal_are_those_of_its_orders()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet();
        foreach (var signal in new[] { "s", "t" })
        {
            changes.Orders[signal] = (StoreSamples.Order(signal, $"R{signal}") with { System = "FUTM", SignalId = signal }, 0);
            changes.Fills.Add(StoreSamples.Fill($"F{signal}", $"R{signal}") with { Closing = new Closing(1m, 1.0m, 60) });
        }

        store.Commit([changes], StoreSamples.State());

        store.ResultData.TradesOf(StoreSamples.At, StoreSamples.At.AddSeconds(1), "FUTM", "t").Should().ContainSingle();
        store.ResultData.TradesOf(StoreSamples.At, StoreSamples.At.AddSeconds(1), "FUTM", null).Should().HaveCount(2);
        store.ResultData.TradesOf(StoreSamples.At, StoreSamples.At.AddSeconds(1), "OTHER", null).Should().BeEmpty();
        store.ResultData.TradesOf(StoreSamples.At.AddSeconds(1), StoreSamples.At.AddSeconds(2), null, null).Should().BeEmpty();
    }

    [ContractFact]
    public async Task Pages_of_orders_follow_each_other_without_gap_or_repetition()
    {
        await Database.MigrateAsync(CancellationToken.None);
        using var store = new EngineStore(Database);
        var changes = new ChangeSet();
        for (var i = 10; i < 35; i++)
        {
            changes.Orders[$"{i}"] = (StoreSamples.Order($"{i}", $"R{i}") with { Created = StoreSamples.At.AddSeconds(i) }, 0);
        }

        store.Commit([changes], StoreSamples.State());

        var first = store.ListOrders(StoreSamples.At.AddSeconds(12), StoreSamples.At.AddSeconds(30), null, 10);
        var second = store.ListOrders(StoreSamples.At.AddSeconds(12), StoreSamples.At.AddSeconds(30), first[^1].OrderId, 10);
        first.Concat(second).Select(o => o.OrderId).Should().Equal(Enumerable.Range(12, 18).Select(i => $"{i}"));
        store.FindByClientId("none").Should().BeNull();
    }
}
