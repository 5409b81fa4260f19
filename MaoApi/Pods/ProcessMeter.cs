using System.Collections.Concurrent;
using System.Globalization;

namespace MaoApi.Pods;

/// <summary>Reads what processes use from <c>/proc</c>. Safe from any thread.</summary>
internal sealed class ProcessMeter(TimeProvider time)
{
    /// <summary>Clock ticks of <c>/proc</c>: 100 a second on every Linux, whatever the kernel counts in.</summary>
    private const double TicksPerSecond = 100;
    private const int MaxSamples = 4096;

    /// <summary>Shorter than this a difference says little; the figure before is given again.</summary>
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<ProcessIdentity, Sample> _samples = new();

    /// <summary>The use of a process; null where it is gone.</summary>
    public PodUsage? Measure(ProcessIdentity identity)
    {
        if (ChildProcessDriver.Identify(identity.ProcessId) != identity || Read(identity.ProcessId) is not { } reading)
        {
            _samples.TryRemove(identity, out _);
            return null;
        }

        var now = time.GetTimestamp();
        double percent;
        if (!_samples.TryGetValue(identity, out var before))
        {
            percent = Percent(reading.CpuTicks, UptimeSeconds() - (identity.StartTicks / TicksPerSecond));
        }
        else if (time.GetElapsedTime(before.At, now) is var elapsed && elapsed < ShortestInterval)
        {
            return new PodUsage(before.CpuPercent, reading.MemoryBytes);
        }
        else
        {
            percent = Percent(reading.CpuTicks - before.CpuTicks, elapsed.TotalSeconds);
        }

        // Processes nobody asks about any more leave a sample behind; all are let go before they are many.
        if (_samples.Count >= MaxSamples)
        {
            _samples.Clear();
        }

        _samples[identity] = new Sample(reading.CpuTicks, now, percent);
        return new PodUsage(percent, reading.MemoryBytes);
    }

    private static double Percent(long cpuTicks, double seconds) =>
        seconds <= 0 ? 0 : Math.Round(100 * cpuTicks / TicksPerSecond / seconds, 1);

    private static (long CpuTicks, long MemoryBytes)? Read(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var memory = File.ReadAllText($"/proc/{processId}/statm").Split(' ');
            return (Number(fields[11]) + Number(fields[12]), Number(memory[1]) * Environment.SystemPageSize);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double UptimeSeconds() =>
        double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Sample(long CpuTicks, long At, double CpuPercent);
}
