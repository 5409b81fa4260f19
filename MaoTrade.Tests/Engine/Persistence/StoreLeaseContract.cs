using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>Two engines with one database: one of them trades, never both.</summary>
public abstract class StoreLeaseContract
{
    private static readonly TradingState State = new() { Config = new AccountConfig(true, "23:45", new RiskLimits(), 1) };

    /// <summary>An empty database of the test's own.</summary>
    protected abstract IStoreDatabase Database { get; }

    [ContractFact]
    public async Task A_holder_that_beats_keeps_the_account()
    {
        var clock = new FakeClock();
        using var holder = await HoldAsync(new StoreLease("here", clock));
        var taking = new StoreLease("elsewhere", clock).TakeAsync(Database, CancellationToken.None);
        await PassAsync(clock, TimeSpan.FromSeconds(4), taking);

        holder.Commit([], State);
        await PassAsync(clock, TimeSpan.FromSeconds(2), taking);

        (await taking.WaitAsync(TimeSpan.FromSeconds(60))).Should().BeFalse("the beat moved");
    }

    [ContractFact]
    public async Task A_beat_that_stands_still_for_15_seconds_is_taken_over_and_the_former_holder_commits_nothing_more()
    {
        var clock = new FakeClock();
        var former = new StoreLease("here", clock);
        using var frozen = await HoldAsync(former);
        former.IsFresh.Should().BeTrue();
        var next = new StoreLease("elsewhere", clock);
        var taking = next.TakeAsync(Database, CancellationToken.None);

        await PassAsync(clock, TimeSpan.FromSeconds(11), taking);
        taking.IsCompleted.Should().BeFalse();
        former.IsFresh.Should().BeFalse("an order no longer leaves well before anybody takes over");
        await PassAsync(clock, TimeSpan.FromSeconds(5), taking);
        (await taking.WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();

        var commit = () => frozen.Commit([], State with { Version = 99 });
        commit.Should().Throw<LeaseLostException>();
        frozen.MayTrade.Should().BeFalse();
        using var store = new EngineStore(Database, next);
        store.Commit([], State with { Version = 7 });
        store.Load().Account!.Version.Should().Be(7);
    }

    [ContractFact]
    public async Task The_same_folder_takes_over_at_once_because_its_lock_proves_the_holder_dead()
    {
        var clock = new FakeClock();
        using var killed = await HoldAsync(new StoreLease("here", clock));

        (await new StoreLease("here", clock).TakeAsync(Database, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();
    }

    [ContractFact]
    public async Task What_was_given_back_is_taken_at_once()
    {
        var clock = new FakeClock();
        var lease = new StoreLease("here", clock);
        using (await HoldAsync(lease))
        {
            lease.Release(Database);
        }

        (await new StoreLease("elsewhere", clock).TakeAsync(Database, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();
    }

    [ContractFact]
    public async Task Of_many_takers_of_a_free_account_one_wins()
    {
        await Database.MigrateAsync(CancellationToken.None);
        var clock = new FakeClock();
        var leases = Enumerable.Range(0, 8).Select(i => new StoreLease($"folder {i}", clock)).ToArray();
        using var stop = new CancellationTokenSource();
        var won = 0;
        async Task TakeAsync(StoreLease lease)
        {
            try
            {
                if (await lease.TakeAsync(Database, stop.Token))
                {
                    Interlocked.Increment(ref won);
                }
            }
            catch (OperationCanceledException)
            {
                // It was still waiting for the winner to die.
            }
        }

        var takers = leases.Select(lease => Task.Run(() => TakeAsync(lease))).ToArray();
        await Until.TrueAsync("each has won, lost or waits", TimeSpan.FromSeconds(60), () => Task.FromResult(
            takers.Count(t => t.IsCompleted) + clock.PendingTimers == leases.Length));
        await stop.CancelAsync();
        await Task.WhenAll(takers);

        won.Should().Be(1);
    }

    [ContractFact]
    public async Task An_idle_holder_beats_when_it_is_due_and_not_before()
    {
        var clock = new FakeClock();
        var lease = new StoreLease("here", clock);
        using var store = await HoldAsync(lease);
        store.Beat();
        clock.Advance(TimeSpan.FromSeconds(5));
        lease.IsBeatDue.Should().BeTrue();

        store.Beat();

        lease.IsBeatDue.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(9));
        lease.IsFresh.Should().BeTrue();
    }

    [ContractFact]
    public async Task A_session_commits_nothing_more_once_the_next_one_of_the_same_process_has_the_lease()
    {
        var lease = new StoreLease("here", new FakeClock());
        using var former = await HoldAsync(lease);
        (await lease.TakeAsync(Database, CancellationToken.None)).Should().BeTrue();
        using var next = new EngineStore(Database, lease);
        next.Commit([], State with { Version = 7 });

        var late = () => former.Commit([], State with { Version = 6 });

        late.Should().Throw<LeaseLostException>();
        next.Load().Account!.Version.Should().Be(7);
    }

    private async Task<EngineStore> HoldAsync(StoreLease lease)
    {
        await Database.MigrateAsync(CancellationToken.None);
        (await lease.TakeAsync(Database, CancellationToken.None)).Should().BeTrue();
        return new EngineStore(Database, lease);
    }

    /// <summary>Lets the time pass second by second, as the taker looks.</summary>
    private static async Task PassAsync(FakeClock clock, TimeSpan time, Task taking)
    {
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            await Until.TrueAsync("the taker waits", TimeSpan.FromSeconds(60), () => Task.FromResult(taking.IsCompleted || clock.PendingTimers > 0));
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
