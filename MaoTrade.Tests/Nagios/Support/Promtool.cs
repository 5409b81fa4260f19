using System.Diagnostics;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios.Support;

/// <summary>Prometheus' own tool for rules.</summary>
public static class Promtool
{
    /// <summary>Where the shipped rules lie.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "monitoring");

    /// <summary>Runs it on a file of that folder; what it said, where it was not content.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(params IEnumerable<string> words)
    {
        using var promtool = Process.Start(new ProcessStartInfo(Programs.Find("promtool")!, words)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = promtool.StandardOutput.ReadToEndAsync();
        var error = await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        return (promtool.ExitCode, await output + error);
    }
}
