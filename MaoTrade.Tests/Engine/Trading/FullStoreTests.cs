using System.Collections.Frozen;
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

/// <summary>A database that SQLite itself calls full in the middle of trading.</summary>
public sealed class FullStoreTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly TradeInbox _inbox = new();
    private readonly SnapshotBoard _board = new("demo", TimeProvider.System);

    /// <summary>Pooled: the limit belongs to a connection, and the store is to open the one that has it.</summary>
    private string Connection => new SqliteConnectionStringBuilder { DataSource = _folder.File("mt.db"), Pooling = true }.ToString();

    public void Dispose()
    {
        SqliteConnection.ClearPool(new SqliteConnection(Connection));
        _folder.Dispose();
    }

    [Fact]
    public async Task A_full_database_refuses_the_command_whole_lets_no_order_leave_and_takes_the_next_when_there_is_room()
    {
        await SchemaMigration.ApplyAsync(Connection, CancellationToken.None);
        Limit();
        await using var broker = new ScriptedBroker();
        var taken = 0;
        using (var store = new EngineStore(Connection))
        {
            var session = await BeginAsync(broker, store, CancellationToken.None);
            var reply = await OrderAsync(taken);
            for (; reply.Code == ReplyCode.Ok; reply = await OrderAsync(taken))
            {
                (++taken).Should().BeLessThan(1_000, "the database should be full by now");
                await broker.Submitted.ReadAsync().AsTask().WaitAsync(Deadline);
            }

            reply.Code.Should().Be(ReplyCode.NotReady);
            var end = () => session.WaitAsync(Deadline);
            (await end.Should().ThrowAsync<StoreLostException>()).WithInnerException<SqliteException>().Which.SqliteErrorCode.Should().Be(13);
            broker.Submitted.Count.Should().Be(0, "what is not stored does not leave");
            _board.State!.Orders.Should().HaveCount(taken);
        }

        SqliteConnection.ClearPool(new SqliteConnection(Connection));
        using var roomy = new EngineStore(Connection);
        roomy.Load().Orders.Should().HaveCount(taken).And.NotContain(order => order.ClientOrderId == $"c{taken}");
        using var stop = new CancellationTokenSource();
        var next = await BeginAsync(broker, roomy, stop.Token);
        (await OrderAsync(taken)).Code.Should().Be(ReplyCode.Ok);
        roomy.Load().Orders.Should().HaveCount(taken + 1);
        await stop.CancelAsync();
        await next.WaitAsync(Deadline);
    }

    /// <summary>No page more than the database has now.</summary>
    private void Limit()
    {
        using var connection = new SqliteConnection(Connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA page_count";
        var pages = (long)command.ExecuteScalar()!;
        command.CommandText = $"PRAGMA max_page_count={pages}";
        command.ExecuteScalar().Should().Be(pages);
    }

    private async Task<MaoTrade.Engine.Server.ServiceReply> OrderAsync(int number)
    {
        var ticket = new CommandTicket(null, long.MaxValue);
        _inbox.TryPost(ticket, new OpenPositionCommand
        {
            SrvId = 1,
            ClientOrderId = $"c{number}",
            Epic = $"EPIC{number}",
            OpType = OrderOpType.Buy,
            Qty = 1m,
        }).Should().BeTrue();
        return await ticket.Reply.WaitAsync(Deadline);
    }

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
}
