using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Jobs;
using MaoApi.Notices;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Api.Jobs;

/// <summary>A gateway's database, on which tests run jobs of their own.</summary>
internal sealed class JobDesk(Gateway gateway, TimeProvider time) : IAsyncDisposable
{
    public Gateway Gateway => gateway;

    public JobLanes Lanes { get; } = new();

    public static async Task<JobDesk> StartAsync(TimeProvider time) =>
        new(await Gateway.StartAsync(configure: options => options with { Roles = GatewayRoles.Api }), time);

    /// <summary>The tables as another process sees them.</summary>
    public JobBook Book() => new(
        gateway.App.Services.GetRequiredService<IDbContextFactory<MaoHomeContext>>(),
        gateway.App.Services.GetRequiredService<NoticeBook>(),
        Lanes,
        time,
        NullLogger<JobBook>.Instance);

    public JobRunner Runner(JobBook book, params IJob[] jobs) => new(jobs, [], book, time, NullLogger<JobRunner>.Instance);

    /// <summary>A process that does what jobs of these kinds ask.</summary>
    public JobRunner Runner(JobBook book, params IJobKind[] kinds) => new([], kinds, book, time, NullLogger<JobRunner>.Instance);

    public async Task<IReadOnlyList<JobRun>> RunsAsync()
    {
        await using var context = gateway.Database();
        return await context.JobRuns.AsNoTracking().Include(run => run.Job).OrderBy(run => run.Id).ToListAsync();
    }

    public async Task<JobRun> AskAsync(JobBook book, string name)
    {
        await using var context = gateway.Database();
        var key = await context.Jobs.Where(job => job.Name == name).Select(job => job.Id).SingleAsync();
        return (await book.AskAsync(key, null, default))!;
    }

    public Task UntilAsync(Func<IReadOnlyList<JobRun>, bool> condition, string otherwise) =>
        MaoTrade.Tests.Support.Until.TrueAsync(otherwise, TimeSpan.FromSeconds(60), async () => condition(await RunsAsync()));

    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}

/// <summary>A job that does what a test says.</summary>
internal sealed class TestJob(string name, Func<JobProgress, CancellationToken, Task<string>> work, string lane = JobLanes.Default) : IJob
{
    private int _runs;

    public string Name => name;

    public string Lane => lane;

    public string Schedule => "0 * * * *";

    public int Runs => Volatile.Read(ref _runs);

    public static TestJob Quick(string name) => new(name, (_, _) => Task.FromResult("done"));

    /// <summary>Runs until it is told to end.</summary>
    public static TestJob Endless(string name, string lane = JobLanes.Default) => new(
        name,
        async (progress, cancellationToken) =>
        {
            progress.Report(0.5, "half");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return "";
        },
        lane);

    public Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        return work(progress, cancellationToken);
    }
}
