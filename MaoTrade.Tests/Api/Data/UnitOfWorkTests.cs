using System.Data.Common;
using MaoApi.Data;
using MaoApi.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace MaoTrade.Tests.Api.Data;

public sealed class UnitOfWorkTests : IAsyncDisposable
{
    private readonly SqliteUnderTest _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Work_that_met_a_passing_fault_is_done_once_more_and_stored_once()
    {
        var faults = new Faults { BeforeCommit = 2 };
        await using var context = await CreateAsync(faults);
        var runs = 0;

        var result = await RunAsync(context, () => ++runs);

        (result, runs).Should().Be((3, 3));
        await AssertFlagsAsync(1);
    }

    [Fact]
    public async Task Work_whose_commit_was_done_though_the_answer_was_lost_is_not_done_again()
    {
        var faults = new Faults { AfterCommit = 1 };
        await using var context = await CreateAsync(faults);
        var runs = 0;

        var result = await RunAsync(context, () => ++runs);

        (result, runs).Should().Be((1, 1));
        await AssertFlagsAsync(1);
    }

    [Fact]
    public async Task Work_that_fails_every_time_gives_up_and_leaves_nothing()
    {
        var faults = new Faults { BeforeCommit = 100 };
        await using var context = await CreateAsync(faults);

        var work = () => RunAsync(context, () => 0);

        await work.Should().ThrowAsync<RetryLimitExceededException>();
        await AssertFlagsAsync(0);
    }

    [Fact]
    public async Task Work_that_decides_against_itself_leaves_nothing()
    {
        await using var context = await CreateAsync(new Faults());

        await context.InTransactionAsync(
            async () =>
            {
                context.Add(new Flag { Name = "kept" });
                await context.SaveChangesAsync();
                return (1, false);
            },
            () => Task.FromResult(false),
            CancellationToken.None);

        await AssertFlagsAsync(0);
    }

    private static Task<int> RunAsync(MaoHomeContext context, Func<int> run) => context.InTransactionAsync(
        async () =>
        {
            context.Add(new Flag { Name = "kept" });
            await context.SaveChangesAsync();
            return (run(), true);
        },
        () => context.Flags.AnyAsync(flag => flag.Name == "kept"),
        CancellationToken.None);

    private async Task<MaoHomeContext> CreateAsync(Faults faults)
    {
        await _database.Provider.Migrator().MigrateAsync(CancellationToken.None);
        var options = new DbContextOptionsBuilder<MaoHomeContext>()
            .UseSqlite($"Data Source={_database.File}", sqlite => sqlite.ExecutionStrategy(dependencies => new Thrice(dependencies)))
            .AddInterceptors(faults);
        return new MaoHomeContext(options.Options);
    }

    private async Task AssertFlagsAsync(int count)
    {
        await using var context = _database.Provider.Home();
        (await context.Flags.CountAsync()).Should().Be(count);
    }

    private sealed class Thrice(ExecutionStrategyDependencies dependencies)
        : ExecutionStrategy(dependencies, 3, TimeSpan.FromMilliseconds(1))
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is TimeoutException;
    }

    private sealed class Faults : DbTransactionInterceptor
    {
        public int BeforeCommit { get; set; }

        public int AfterCommit { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            BeforeCommit-- > 0 ? throw new TimeoutException("passing") : base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            AfterCommit-- > 0 ? throw new TimeoutException("passing") : Task.CompletedTask;
    }
}
