using System.Diagnostics;

namespace MaoTrade.Tests.Nagios.Support;

/// <summary>A run of one of our plug-ins.</summary>
public sealed record Plugin(int ExitCode, string Output)
{
    /// <summary>Runs a plug-in as Nagios does.</summary>
    public static async Task<Plugin> RunAsync(string name, params IEnumerable<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(ShippedObjects.Folder, "plugins", name), words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        (await error).Should().BeEmpty("what a plug-in says there, nobody sees");
        return new Plugin(process.ExitCode, output);
    }

    /// <summary>The one line it must be, with figures and thresholds behind a bar where there are any.</summary>
    public void MustBe(int exitCode, string pattern)
    {
        Output.Should().MatchRegex($"^{pattern}\n$").And.NotMatchRegex("\n.");
        ExitCode.Should().Be(exitCode, Output);
    }
}
