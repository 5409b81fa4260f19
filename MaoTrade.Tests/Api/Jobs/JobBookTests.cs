using MaoApi.Data.Entities;
using MaoApi.Jobs;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Tests.Api.Jobs;

/// <summary>What several processes make of the same tables.</summary>
public sealed class JobBookTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly TestJob _job = TestJob.Quick("test");
    private JobDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await JobDesk.StartAsync(_clock);
        await _desk.Book().EnsureAsync([_job], default);
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_due_job_is_queued_and_taken_once_by_however_many_processes()
    {
        _clock.Skip(TimeSpan.FromHours(1));
        var books = Enumerable.Range(0, 8).Select(_ => _desk.Book()).ToList();

        await Task.WhenAll(books.Select(book => Task.Run(() => book.PlanAsync(default))));
        var taken = await Task.WhenAll(books.Select(book => Task.Run(() => book.TakeAsync(JobLanes.Default, default))));

        (await _desk.RunsAsync()).Should().ContainSingle();
        taken.Count(run => run is not null).Should().Be(1);
    }

    [Fact]
    public async Task However_many_times_were_missed_it_is_run_once_and_then_on_time()
    {
        _clock.Skip(TimeSpan.FromHours(25.5));
        var book = _desk.Book();

        await book.PlanAsync(default);
        await book.PlanAsync(default);

        (await _desk.RunsAsync()).Should().ContainSingle();
        (await JobAsync()).Due.Should().Be(new DateTimeOffset(2026, 1, 6, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task What_a_dead_process_left_is_done_by_another_and_fails_after_three_deaths()
    {
        var book = _desk.Book();
        await _desk.AskAsync(book, "test");
        for (var death = 1; death <= 3; death++)
        {
            (await _desk.Book().TakeAsync(JobLanes.Default, default))!.Attempts.Should().Be(death);
            await book.RescueAsync(default);
            (await _desk.RunsAsync())[0].State.Should().Be(JobStates.Running, "its process may still live");
            _clock.Skip(JobBook.Hold + TimeSpan.FromSeconds(1));
            await book.RescueAsync(default);
        }

        var run = (await _desk.RunsAsync())[0];
        (run.State, run.Error, run.Job!.State).Should().Be((JobStates.Failed, "its process ended 3 times while it ran", "idle"));
        (await NotificationsAsync()).Should().ContainSingle().Which.Title.Should().Be("The job test failed");
    }

    [Fact]
    public async Task A_run_that_is_taken_over_can_no_longer_be_ended_by_the_one_that_lost_it()
    {
        var (slow, quick) = (_desk.Book(), _desk.Book());
        await _desk.AskAsync(slow, "test");
        var run = (await slow.TakeAsync(JobLanes.Default, default))!;
        _clock.Skip(JobBook.Hold + TimeSpan.FromSeconds(1));
        await quick.RescueAsync(default);
        await quick.TakeAsync(JobLanes.Default, default);

        (await slow.HoldAsync(run.Id, new JobProgress(), default)).Should().BeFalse();
        await slow.EndAsync(run.Id, JobStates.Done, "late", null, default);

        (await _desk.RunsAsync())[0].State.Should().Be(JobStates.Running);
    }

    [Fact]
    public async Task A_job_that_waits_or_runs_is_not_queued_again_and_a_waiting_run_is_cancelled_at_once()
    {
        var book = _desk.Book();
        var run = await _desk.AskAsync(book, "test");

        (await book.AskAsync((await JobAsync()).Id, null, default)).Should().BeNull();
        (await book.CancelAsync(run.JobId, default))!.State.Should().Be(JobStates.Cancelled);
        (await book.CancelAsync(run.JobId, default)).Should().BeNull("it has ended");
        (await book.TakeAsync(JobLanes.Default, default)).Should().BeNull();
        (await JobAsync()).State.Should().Be("idle");
    }

    [Fact]
    public async Task What_an_administrator_changed_in_a_job_is_kept()
    {
        await using (var context = _desk.Gateway.Database())
        {
            (await context.Jobs.SingleAsync(job => job.Name == "test")).IsEnabled = false;
            await context.SaveChangesAsync();
        }

        var book = _desk.Book();
        await book.EnsureAsync([_job], default);
        _clock.Skip(TimeSpan.FromHours(2));
        await book.PlanAsync(default);

        (await _desk.RunsAsync()).Should().BeEmpty("it is switched off");
    }

    private async Task<Job> JobAsync()
    {
        await using var context = _desk.Gateway.Database();
        return await context.Jobs.AsNoTracking().SingleAsync(job => job.Name == "test");
    }

    private async Task<List<Notification>> NotificationsAsync()
    {
        await using var context = _desk.Gateway.Database();
        return await context.Notifications.AsNoTracking().ToListAsync();
    }
}
