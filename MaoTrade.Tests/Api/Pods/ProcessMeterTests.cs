using System.Diagnostics;
using MaoApi.Pods;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

public sealed class ProcessMeterTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void The_processor_time_between_two_looks_is_what_the_runtime_counts()
    {
        var meter = new ProcessMeter(_clock);
        using var self = Process.GetCurrentProcess();
        var identity = ChildProcessDriver.Identify(self.Id)!;
        meter.Measure(identity);
        self.Refresh();
        var before = self.TotalProcessorTime;

        var until = before + TimeSpan.FromMilliseconds(300);
        while (self.TotalProcessorTime < until)
        {
            self.Refresh();
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        var usage = meter.Measure(identity)!;
        self.Refresh();
        var used = (self.TotalProcessorTime - before).TotalSeconds;

        usage.CpuPercent.Should().BeInRange(25, (100 * used) + 10);
        usage.MemoryBytes.Should().BeCloseTo(self.WorkingSet64, 64 * 1024 * 1024);
    }

    [Fact]
    public void A_process_that_is_gone_or_another_one_uses_nothing()
    {
        var identity = ChildProcessDriver.Identify(Environment.ProcessId)!;

        new ProcessMeter(_clock).Measure(identity with { StartTicks = identity.StartTicks + 1 }).Should().BeNull();
        new ProcessMeter(_clock).Measure(new ProcessIdentity(int.MaxValue, 1, identity.BootId)).Should().BeNull();
    }
}
