using MaoApi.Data.Entities;
using MaoApi.Jobs;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Jobs;

public sealed class JobRunnerTests : IAsyncLifetime
{
    private JobDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await JobDesk.StartAsync(TimeProvider.System);

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Two_processes_run_a_job_once()
    {
        var (one, other) = (TestJob.Quick("test"), TestJob.Quick("test"));
        var book = _desk.Book();
        await book.EnsureAsync([one], default);
        using var first = _desk.Runner(_desk.Book(), one);
        using var second = _desk.Runner(_desk.Book(), other);
        await first.StartAsync(default);
        await second.StartAsync(default);

        for (var i = 1; i <= 5; i++)
        {
            await _desk.AskAsync(book, "test");
            first.LookNow();
            second.LookNow();
            await _desk.UntilAsync(runs => runs.Count == i && runs.All(run => run.State == JobStates.Done), "the run is done");
        }

        (one.Runs + other.Runs).Should().Be(5);
        await first.StopAsync(default);
        await second.StopAsync(default);
    }

    [Fact]
    public async Task A_failure_is_written_down_and_told_the_administrators()
    {
        await RunAsync(new TestJob("test", (progress, _) =>
        {
            progress.Report(0.25, "a quarter");
            throw new InvalidOperationException("no more paper");
        }));
        await _desk.UntilAsync(runs => runs is [{ State: JobStates.Failed }], "the run failed");

        var run = (await _desk.RunsAsync())[0];
        (run.Error, run.Message, run.Job!.LastState, run.Job.State).Should().Be(("no more paper", "a quarter", JobStates.Failed, "idle"));
        await using var context = _desk.Gateway.Database();
        var notice = await context.Notifications.Include(row => row.User).SingleAsync();
        (notice.User!.UserId, notice.Title, notice.Message).Should().Be(("admin", "The job test failed", "no more paper"));
    }

    [Fact]
    public async Task A_run_under_way_is_cancelled_when_somebody_asks()
    {
        var (runner, book) = await RunAsync(TestJob.Endless("test"));
        await _desk.UntilAsync(runs => runs is [{ State: JobStates.Running }], "the run is under way");

        (await book.CancelAsync((await _desk.RunsAsync())[0].JobId, default)).Should().NotBeNull();

        await _desk.UntilAsync(runs => runs is [{ State: JobStates.Cancelled, Message: "half", Progress: 0.5 }], "the run is cancelled");
        await runner.StopAsync(default);
    }

    [Fact]
    public async Task A_stop_puts_back_what_is_under_way()
    {
        var job = TestJob.Endless("test");
        var (runner, _) = await RunAsync(job);
        await Deadlines.Until(() => job.Runs == 1, "the job did not start");

        await runner.StopAsync(default);

        (await _desk.RunsAsync()).Should().ContainSingle().Which.State.Should().Be(JobStates.Queued);
    }

    [Fact]
    public async Task A_lane_full_of_large_work_holds_up_nothing_urgent()
    {
        var large = Enumerable.Range(0, 5).Select(n => TestJob.Endless($"large-{n}", JobLanes.Bulk)).ToList();
        var urgent = new TestJob("urgent", (_, _) => Task.FromResult(""), JobLanes.High);
        var book = _desk.Book();
        await book.EnsureAsync([.. large, urgent], default);
        using var runner = _desk.Runner(book, [.. large, urgent]);
        foreach (var job in large)
        {
            await _desk.AskAsync(book, job.Name);
        }

        await runner.StartAsync(default);
        await Deadlines.Until(() => large.Sum(job => job.Runs) == 1, "no large job runs");
        await _desk.AskAsync(book, "urgent");
        runner.LookNow();

        await Deadlines.Until(() => urgent.Runs == 1, "the urgent job waits behind the large ones");
        large.Sum(job => job.Runs).Should().Be(JobLanes.Places[JobLanes.Bulk]);
        await Deadlines.Until(() => _desk.Lanes.Waiting(JobLanes.Bulk) == 4, "the waiting ones are not counted");
        await runner.StopAsync(default);
    }

    private async Task<(JobRunner Runner, JobBook Book)> RunAsync(TestJob job)
    {
        var book = _desk.Book();
        await book.EnsureAsync([job], default);
        await _desk.AskAsync(book, job.Name);
        var runner = _desk.Runner(book, job);
        await runner.StartAsync(default);
        return (runner, book);
    }
}
