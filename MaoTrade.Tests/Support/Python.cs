using System.Diagnostics;

namespace MaoTrade.Tests.Support;

/// <summary>Debian's Python; another interpreter may shadow it on PATH.</summary>
public static class Python
{
    private const string Interpreter = "/usr/bin/python3";
    private const string Packages = "/usr/lib/python3/dist-packages";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    /// <summary>What is not installed of Debian's Python and packages; null where all is.</summary>
    public static string? Missing(params IEnumerable<string> packages) =>
        !File.Exists(Interpreter) ? "python3" : packages.FirstOrDefault(name => !Directory.Exists(Path.Combine(Packages, name)));

    /// <summary>Runs a script of the repository.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string script, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Interpreter, [Path.Combine(Repository.Root, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{script} did not end within {Deadline.TotalMinutes} minutes", late);
        }

        return (process.ExitCode, await output, await error);
    }
}
