using System.Data.Common;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>A server and a network as they are on a bad day.</summary>
[NeedsMariaDb]
public sealed class MySqlOutageTests : IAsyncLifetime, IDisposable
{
    private static readonly TradingState State = new() { Config = new AccountConfig(true, "23:45", new RiskLimits(), 1) };
    private readonly MariaDbServer _server = new() { IsPlain = true };

    public Task InitializeAsync() => new NeedsMariaDbAttribute().Missing is null ? _server.StartAsync() : Task.CompletedTask;

    public Task DisposeAsync() => _server.DisposeAsync();

    public void Dispose() => _server.Dispose();

    [ContractFact]
    public async Task A_commit_whose_answer_is_lost_is_unknown_and_the_next_session_knows_it_once()
    {
        using var schema = new MySqlSchema(_server);
        using var proxy = new LosingProxy(_server.Options.Port);
        var far = schema.As(options => options with { Host = "127.0.0.1", Port = proxy.Port });
        await far.MigrateAsync(CancellationToken.None);
        var lease = new StoreLease("here", TimeProvider.System);
        foreach (var (id, answer, kept) in new[] { ("F1", true, 1), ("F2", false, 1), ("F3", true, 2) })
        {
            (await lease.TakeAsync(far, CancellationToken.None)).Should().BeTrue();
            using var store = new EngineStore(far, lease);
            proxy.Lose("COMMIT", answer);

            var commit = () => store.Commit([With(id)], State);

            commit.Should().Throw<CommitUnknownException>();
            (await lease.TakeAsync(far, CancellationToken.None)).Should().BeTrue();
            using var next = new EngineStore(far, lease);
            next.Load().FillIds.Should().HaveCount(kept, "the answer was lost: {0}", answer).And.OnlyHaveUniqueItems();
        }
    }

    [ContractFact]
    public async Task A_commit_that_meets_a_lost_server_before_its_end_is_not_there_and_says_so()
    {
        using var schema = new MySqlSchema(_server);
        using var proxy = new LosingProxy(_server.Options.Port);
        var far = schema.As(options => options with { Host = "127.0.0.1", Port = proxy.Port });
        await far.MigrateAsync(CancellationToken.None);
        var lease = new StoreLease("here", TimeProvider.System);
        (await lease.TakeAsync(far, CancellationToken.None)).Should().BeTrue();
        using var store = new EngineStore(far, lease);
        proxy.Lose("UPDATE lease", answer: true);

        var commit = () => store.Commit([With("F1")], State);

        commit.Should().Throw<DbException>().Which.Should().NotBeOfType<CommitUnknownException>();
        (await lease.TakeAsync(far, CancellationToken.None)).Should().BeTrue();
        using var next = new EngineStore(far, lease);
        next.Load().FillIds.Should().BeEmpty();
    }

    [ContractFact]
    public async Task A_killed_server_has_what_it_said_it_had_and_every_call_in_between_fails_as_a_database_does()
    {
        var schema = new MySqlSchema(_server);
        await schema.Database.MigrateAsync(CancellationToken.None);
        var lease = new StoreLease("here", TimeProvider.System);
        (await lease.TakeAsync(schema.Database, CancellationToken.None)).Should().BeTrue();
        using (var store = new EngineStore(schema.Database, lease))
        {
            store.Commit([With("F1")], State);
            await _server.KillAsync();

            Action[] calls =
            [
                () => store.Commit([With("F2")], State), () => store.Commit([With("F3")], State), () => store.TakeSequence(1), () => store.Load(),
                () => store.WaitingEvents(1), () => store.FindByClientId("c"), () => schema.Database.Open(TimeSpan.FromSeconds(2)).Dispose(), () => lease.Release(schema.Database),
            ];
            calls.Should().AllSatisfy(call => call.Should().Throw<DbException>());
        }

        await _server.StartAsync();
        (await lease.TakeAsync(schema.Database, CancellationToken.None)).Should().BeTrue();
        using var next = new EngineStore(schema.Database, lease);
        next.Load().FillIds.Should().Equal("F1");
    }

    [ContractFact]
    public async Task A_server_that_takes_calls_and_answers_none_holds_nobody_for_ever_and_has_nothing_twice()
    {
        using var schema = new MySqlSchema(_server);
        await schema.Database.MigrateAsync(CancellationToken.None);
        var lease = new StoreLease("here", TimeProvider.System);
        (await lease.TakeAsync(schema.Database, CancellationToken.None)).Should().BeTrue();
        using (var store = new EngineStore(schema.Database, lease))
        {
            store.Commit([With("F1")], State);
            await _server.FreezeAsync();

            var commit = () => Task.Run(() => store.Commit([With("F2")], State)).WaitAsync(TimeSpan.FromSeconds(120));
            var open = () => Task.Run(() => schema.Database.Open(TimeSpan.FromSeconds(2)).Dispose()).WaitAsync(TimeSpan.FromSeconds(120));

            await commit.Should().ThrowAsync<DbException>();
            await open.Should().ThrowAsync<DbException>();
        }

        await _server.ThawAsync();
        (await lease.TakeAsync(schema.Database, CancellationToken.None)).Should().BeTrue();
        using var next = new EngineStore(schema.Database, lease);
        next.Load().FillIds.Should().Equal("F1");
    }

    [ContractFact]
    public async Task A_server_that_forgets_commits_in_a_power_cut_is_refused()
    {
        using var schema = new MySqlSchema(_server);
        await schema.Database.MigrateAsync(CancellationToken.None);
        schema.Execute("SET GLOBAL innodb_flush_log_at_trx_commit = 2");

        var open = () => new EngineStore(schema.Database);

        open.Should().Throw<StoreRefusedException>().Which.Message.Should().Contain("innodb_flush_log_at_trx_commit is 2, 1 is needed");

        // Its own setting again, so that the schema can be dropped.
        await _server.KillAsync();
        await _server.StartAsync();
    }

    private static ChangeSet With(string fill)
    {
        var changes = new ChangeSet();
        changes.Fills.Add(new Fill(
            fill, "R1", "D1", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 1m, 1.1m, null, 60, DateTimeOffset.UnixEpoch));
        return changes;
    }
}
