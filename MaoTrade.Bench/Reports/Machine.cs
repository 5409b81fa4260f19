using System.Runtime.InteropServices;

namespace MaoTrade.Bench.Reports;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; {Build()}; {Load()}";

    /// <summary>How busy the machine is, this run included.</summary>
    public static string Load() => $"load average {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3])}";

    private static string Processor() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";

    private static string Build()
    {
#if DEBUG
        return "Debug build: figures mean nothing";
#else
        return "Release build";
#endif
    }
}
