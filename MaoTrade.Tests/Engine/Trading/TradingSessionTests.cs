using System.Collections.Frozen;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Engine.Trading;

/// <summary>Whole sessions on a real store: how one ends and the next begins.</summary>
public sealed class TradingSessionTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly TradeInbox _inbox = new();
    private readonly SnapshotBoard _board = new("demo", TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();

    private string Connection => new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = false }.ToString();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(LookUpKind.Open, 0)]
    [InlineData(LookUpKind.Absent, 1)]
    public async Task An_order_left_in_flight_is_asked_about_before_anything_is_sent(LookUpKind known, int resent)
    {
        await using (var first = new ScriptedBroker())
        {
            var session = await BeginAsync(first);
            (await CommandAsync(new OpenPositionCommand { SrvId = 1, ClientOrderId = "c1", Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 1m })).Code.Should().Be(0);
            await first.Submitted.ReadAsync().AsTask().WaitAsync(Deadline);
            await EndAsync(session);
        }

        using var restart = new CancellationTokenSource();
        await using var second = new ScriptedBroker
        {
            LookUp = _ => new LookUpAnswer(known, "D1", 0, ""),
            Answer = new OrderAnswer(OrderAnswerKind.Accepted, "D1", 0, ""),
        };
        await BeginAsync(second, restart.Token);

        await second.Asked.WaitAsync(Deadline);
        await Until.TrueAsync("the order is accepted", Deadline, () => Task.FromResult(
            _board.State!.Orders.Values.Single().ExecState == OrderExecState.Accepted));
        second.Submitted.Count.Should().Be(resent, $"the broker says {known}");
        await restart.CancelAsync();
    }

    [Fact]
    public async Task A_store_that_fails_ends_the_session_and_nothing_of_the_commit_happened()
    {
        await using var broker = new ScriptedBroker();
        var store = new FailingStore(await StoreAsync());
        var session = await BeginAsync(broker, store, CancellationToken.None);
        store.Fails = true;

        var reply = await CommandAsync(new OpenPositionCommand { SrvId = 1, ClientOrderId = "c1", Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 1m });

        reply.Code.Should().Be(ReplyCode.NotReady);
        var end = () => session.WaitAsync(Deadline);
        await end.Should().ThrowAsync<StoreLostException>();
        broker.Submitted.Count.Should().Be(0, "an intent that is not stored does not leave");
        _board.State!.Orders.Should().BeEmpty("what was not committed is not shown");
        (await StoreAsync()).Load().Orders.Should().BeEmpty();
    }

    [Fact]
    public async Task A_command_that_waited_too_long_is_dropped_and_says_so()
    {
        await using var broker = new ScriptedBroker();
        await BeginAsync(broker, _stop.Token);
        var ticket = new CommandTicket(null, TimeProvider.System.GetTimestamp() - 1);

        _inbox.TryPost(ticket, new OpenPositionCommand { SrvId = 1, Epic = "EURUSD", OpType = OrderOpType.Buy, Qty = 1m }).Should().BeTrue();

        (await ticket.Reply.WaitAsync(Deadline)).Code.Should().Be(ReplyCode.NotBegun);
        _board.State!.Orders.Should().BeEmpty();
    }

    [Fact]
    public void A_full_inbox_refuses_commands()
    {
        for (var i = 0; i < TradeInbox.MostCommands; i++)
        {
            _inbox.TryPost(new CommandTicket(null, 0), new ReadCommand()).Should().BeTrue();
        }

        _inbox.TryPost(new CommandTicket(null, 0), new ReadCommand()).Should().BeFalse();
    }

    private async Task<MaoTrade.Engine.Server.ServiceReply> CommandAsync(TradeCommand command)
    {
        var ticket = new CommandTicket(null, long.MaxValue);
        _inbox.TryPost(ticket, command).Should().BeTrue();
        return await ticket.Reply.WaitAsync(Deadline);
    }

    private async Task<Task> BeginAsync(ScriptedBroker broker, CancellationToken? stop = null) =>
        await BeginAsync(broker, await StoreAsync(), stop ?? _stop.Token);

    private async Task<Task> BeginAsync(ScriptedBroker broker, IEngineStore store, CancellationToken stop)
    {
        var rules = new TradingRules("demo", TimeZoneInfo.Utc, FrozenDictionary<string, SymbolRules>.Empty);
        var session = new TradingSession(
            store, broker, _inbox, _board, new AccountConfig(true, "23:45", new RiskLimits(), 1), SystemCatalog.BuiltIn, rules,
            TimeProvider.System, NullLoggerFactory.Instance).RunAsync(stop);
        await Until.TrueAsync("the session is reconciled", Deadline, () => Task.FromResult(
            session.IsCompleted || _board.State is { Stage: EngineStage.Ready, BrokerConnected: true }));
        return session;
    }

    private async Task EndAsync(Task session)
    {
        await _stop.CancelAsync();
        await session.WaitAsync(Deadline);
    }

    private async Task<EngineStore> StoreAsync()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        return new EngineStore(Connection);
    }

    /// <summary>A store whose disk is full from a moment on.</summary>
    private sealed class FailingStore(IEngineStore store) : IEngineStore
    {
        public bool Fails { get; set; }

        public StoredState Load() => store.Load();

        public void Commit(IReadOnlyList<ChangeSet> changes, TradingState state)
        {
            if (Fails)
            {
                throw new SqliteException("database or disk is full", 13);
            }

            store.Commit(changes, state);
        }

        public Order? FindByClientId(string clientOrderId) => store.FindByClientId(clientOrderId);

        public IReadOnlyList<Order> ListOrders(DateTimeOffset? from, DateTimeOffset? to, string? cursor, int limit) =>
            store.ListOrders(from, to, cursor, limit);

        public void Dispose() => store.Dispose();
    }
}
