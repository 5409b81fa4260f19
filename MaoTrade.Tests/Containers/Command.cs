using System.Diagnostics;

namespace MaoTrade.Tests.Containers;

/// <summary>A program of the machine, run to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>What it wrote to standard output; a failure is the test's.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (code, output, error) = await TryAsync(program, words, environment);
        code.Should().Be(0, "{0} {1} said: {2}{3}", program, string.Join(' ', words), error, output);
        return output.Trim();
    }

    /// <summary>Its exit code and what it wrote.</summary>
    public static async Task<(int Code, string Output, string Error)> TryAsync(
        string program, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(program, words, environment);
        using var deadline = new CancellationTokenSource(Deadline);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"within {Deadline.TotalMinutes} min this did not end: {program} {string.Join(' ', words)}", late);
        }
    }

    public static Process Start(string program, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
