using System.Diagnostics;

namespace MaoTrade.Tests.Support;

/// <summary>Prometheus' own judge of pages of metrics and of rules; the program must be there.</summary>
internal static class Promtool
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Where the shipped rules lie.</summary>
    public static string Rules { get; } = Path.Combine(Repository.Root, "monitoring");

    /// <summary>What it has to say against a page of metrics.</summary>
    public static async Task<string> CheckAsync(string page)
    {
        var (exitCode, said) = await RunAsync(page, "check", "metrics");
        return exitCode == 0 ? said : $"{said} (exit code {exitCode})";
    }

    /// <summary>Has it look at files of the shipped rules.</summary>
    public static Task<(int ExitCode, string Said)> OfRulesAsync(params string[] words) => RunAsync("", words);

    private static async Task<(int ExitCode, string Said)> RunAsync(string input, params string[] words)
    {
        using var promtool = Process.Start(new ProcessStartInfo(Programs.Find("promtool")!, words)
        {
            WorkingDirectory = Rules,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = promtool.StandardOutput.ReadToEndAsync();
        var error = promtool.StandardError.ReadToEndAsync();
        await promtool.StandardInput.WriteAsync(input);
        promtool.StandardInput.Close();
        await promtool.WaitForExitAsync().WaitAsync(Deadline);
        return (promtool.ExitCode, await error + await output);
    }
}
