using System.Globalization;

namespace MaoTrade.Bench.Processes;

/// <summary>What the system knows of a process (<c>/proc/PID</c>).</summary>
internal static class ProcessFigures
{
    /// <summary>The kernel's USER_HZ: the unit of processor times in <c>/proc</c> on every Linux.</summary>
    private const int TicksPerSecond = 100;

    /// <summary>Processor time used so far, by all threads, in user and kernel mode.</summary>
    public static TimeSpan Cpu(int processId)
    {
        // The second field is the program's name in brackets and may hold anything; the times are the 14th and 15th.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    public static TimeSpan Cpu(IEnumerable<int> processIds) =>
        processIds.Aggregate(TimeSpan.Zero, (sum, processId) => sum + Cpu(processId));

    /// <summary>Working set now, bytes (VmRSS).</summary>
    public static long WorkingSetBytes(int processId) => Status(processId, "VmRSS:");

    /// <summary>Memory now that nobody else has, bytes (RssAnon + RssShmem).</summary>
    public static long PrivateBytes(int processId) => Status(processId, "RssAnon:") + Status(processId, "RssShmem:");

    /// <summary>Largest working set since the last <see cref="ForgetPeak"/>, bytes (VmHWM).</summary>
    public static long PeakBytes(int processId) => Status(processId, "VmHWM:");

    /// <summary>Makes the peak the present working set.</summary>
    public static void ForgetPeak(int processId) => File.WriteAllText($"/proc/{processId}/clear_refs", "5");

    private static long Status(int processId, string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - " kB".Length).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
