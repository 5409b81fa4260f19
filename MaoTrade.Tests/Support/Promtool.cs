using System.Diagnostics;

namespace MaoTrade.Tests.Support;

/// <summary>Prometheus' own judge of a page of metrics.</summary>
internal static class Promtool
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>What it has to say against a page; the program must be there.</summary>
    public static async Task<string> CheckAsync(string page)
    {
        using var promtool = Process.Start(new ProcessStartInfo(Programs.Find("promtool")!, ["check", "metrics"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardError.ReadToEndAsync() + await promtool.StandardOutput.ReadToEndAsync();
        await promtool.WaitForExitAsync().WaitAsync(Deadline);
        return promtool.ExitCode == 0 ? complaints : $"{complaints} (exit code {promtool.ExitCode})";
    }
}
