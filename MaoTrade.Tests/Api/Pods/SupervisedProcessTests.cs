using MaoApi.Data.Entities;
using MaoApi.Pods;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Api.Pods;

public sealed class SupervisedProcessTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();
    private readonly FakeClock _clock = new();
    private readonly FakeDriver _driver = new();
    private readonly FakeSubject _subject;
    private readonly CancellationTokenSource _stopping = new();
    private bool _keep;

    public SupervisedProcessTests() => _subject = new FakeSubject(_temp);

    public void Dispose()
    {
        _stopping.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task A_crashed_process_is_started_again_after_half_a_second()
    {
        var run = Run();
        var first = await _driver.NextAsync();

        first.End(70);
        await Deadlines.Until(() => _clock.PendingTimers == 1, "nothing waits for the half second");
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        _driver.Started.Should().Be(1);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        var second = await _driver.NextAsync();
        second.Identity.Should().NotBe(first.Identity);
        await StopAsync(run, second);
        _subject.Reports.Should().Contain(report => report.State == PodStates.Running && report.ExitCode == 70 && report.Restarts == 1);
    }

    [Theory]
    [InlineData(0, PodStates.Stopped)]
    [InlineData(64, PodStates.Error)]
    [InlineData(75, PodStates.Error)]
    public async Task An_end_that_a_restart_would_not_change_is_final(int exitCode, string state)
    {
        var run = Run();
        (await _driver.NextAsync()).End(exitCode);

        await run.Within("the supervision went on");

        _driver.Started.Should().Be(1);
        _subject.Reports[^1].Should().Be(new PodReport(state, null, exitCode, 0));
        File.Exists(_subject.Trace.RecordFile).Should().BeFalse();
    }

    [Fact]
    public async Task A_crash_loop_ends_in_error()
    {
        var run = Run();
        for (var i = 0; i < 6; i++)
        {
            (await _driver.NextAsync()).End(70);
            if (i < 5)
            {
                await Deadlines.Until(() => _clock.PendingTimers == 1, "nothing waits for the half second");
                _clock.Advance(RestartPolicy.Delay);
            }
        }

        await run.Within("the supervision went on");
        _subject.Reports[^1].Should().Be(new PodReport(PodStates.Error, null, 70, 5));
    }

    [Fact]
    public async Task A_process_that_cannot_be_measured_is_introduced_all_the_same()
    {
        _driver.MeasureFault = PodDriverException.Refused("no figures here");
        var run = Run();
        var process = await _driver.NextAsync();

        await Deadlines.Until(() => _subject.IsReady, "it was not introduced");

        _subject.Reports[^1].Should().Match<PodReport>(report => report.PodId!.EndsWith("/instance-1") && report.Usage == null);
        await StopAsync(run, process);
    }

    [Fact]
    public async Task A_stop_asks_first_and_never_starts_again()
    {
        var run = Run();
        var process = await _driver.NextAsync();

        await StopAsync(run, process);

        (process.Terminated, process.Killed, _driver.Started).Should().Be((true, false, 1));
        _subject.Reports[^1].Should().Be(new PodReport(PodStates.Stopped, null, 0, 0));
    }

    [Fact]
    public async Task A_process_that_does_not_stop_in_eight_seconds_is_killed()
    {
        var run = Run();
        var process = await _driver.NextAsync();
        process.OnTerminate = () => { };
        await _stopping.CancelAsync();
        await Deadlines.Until(() => process.Terminated && _clock.PendingTimers == 1, "nobody asked it to stop");

        _clock.Advance(TimeSpan.FromSeconds(8));

        await run.Within("it was not killed");
        process.Killed.Should().BeTrue();
    }

    [Fact]
    public async Task A_stop_that_keeps_leaves_the_process_and_its_record()
    {
        _keep = true;
        var run = Run();
        var process = await _driver.NextAsync();
        await Deadlines.Until(() => PodRecord.Read(_subject.Trace.RecordFile)?.InstanceId is not null, "the record was not written");

        await _stopping.CancelAsync();
        await run.Within("the supervision went on");

        process.Terminated.Should().BeFalse();
        PodRecord.Read(_subject.Trace.RecordFile).Should().Be(new PodRecord(process.Identity, "instance-1"));
    }

    [Theory]
    [InlineData("instance-1")]
    [InlineData(null)]
    public async Task The_process_of_a_crashed_gateway_is_taken_over_where_it_proves_who_it_is_or_had_not_said_it_yet(string? recorded)
    {
        var left = _driver.Leave(new ProcessIdentity(77, 5, "boot"));
        new PodRecord(left.Identity, recorded).Write(_subject.Trace.RecordFile);

        var run = Run();
        await Deadlines.Until(() => _subject.IsReady, "the process was not taken over");

        _driver.Started.Should().Be(0);
        await StopAsync(run, left);
    }

    [Fact]
    public async Task A_process_that_is_another_instance_is_stopped_and_replaced()
    {
        var left = _driver.Leave(new ProcessIdentity(77, 5, "boot"));
        new PodRecord(left.Identity, "instance-2").Write(_subject.Trace.RecordFile);

        var run = Run();
        var fresh = await _driver.NextAsync();

        left.Terminated.Should().BeTrue();
        await StopAsync(run, fresh);
    }

    [Fact]
    public async Task A_process_id_that_is_somebody_elses_now_is_not_touched()
    {
        var stranger = _driver.Leave(new ProcessIdentity(77, 6, "boot"));
        new PodRecord(new ProcessIdentity(77, 5, "boot"), "instance-1").Write(_subject.Trace.RecordFile);

        var run = Run();
        var fresh = await _driver.NextAsync();

        (stranger.Terminated, stranger.Killed).Should().Be((false, false));
        await StopAsync(run, fresh);
    }

    private Task Run() =>
        new SupervisedProcess(_subject, _driver, _clock, NullLogger<SupervisedProcess>.Instance).RunAsync(() => _keep, _stopping.Token);

    private async Task StopAsync(Task run, FakeProcess process)
    {
        process.OnTerminate = () => process.End(0);
        await _stopping.CancelAsync();
        await run.Within("the supervision did not stop");
    }
}
