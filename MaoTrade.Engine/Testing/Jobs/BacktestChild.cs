using System.Diagnostics;
using System.Globalization;

namespace MaoTrade.Engine.Testing.Jobs;

/// <summary>
/// A system test in a process of its own and of low priority: this executable's <c>backtest</c>. It ends when its standard
/// input ends, and so with the engine, however that ends.
/// </summary>
internal static class BacktestChild
{
    private const int ErrorLines = 20;

    /// <summary>Runs to the end and writes the report; null when it went well, else what it said.</summary>
    /// <param name="arguments">Of the command.</param>
    /// <param name="reportFile">Where standard output goes.</param>
    /// <param name="progress">Takes 0 to 1.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; the process is gone.</exception>
    public static async Task<string?> RunAsync(
        IReadOnlyList<string> arguments, string reportFile, Action<double> progress, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(arguments)) ?? throw new InvalidOperationException("the process cannot be started");
        try
        {
            Lower(process);
            var errors = ListenAsync(process, progress, cancellationToken);
            await using (var report = File.Create(reportFile))
            {
                await process.StandardOutput.BaseStream.CopyToAsync(report, cancellationToken);
            }

            var said = await errors;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : string.Join("; ", said.DefaultIfEmpty($"ended with code {process.ExitCode}"));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> arguments)
    {
        var host = Environment.ProcessPath!;
        var runsAssembly = Path.GetFileNameWithoutExtension(host) == "dotnet";
        var info = new ProcessStartInfo(host)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in runsAssembly ? [typeof(BacktestChild).Assembly.Location, .. arguments] : arguments)
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }

    private static void Lower(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (InvalidOperationException)
        {
            // It is at its end already.
        }
    }

    private static async Task<Queue<string>> ListenAsync(Process process, Action<double> progress, CancellationToken cancellationToken)
    {
        var said = new Queue<string>();
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Split(' ') is ["progress", var done, var total])
            {
                progress(double.Parse(done, CultureInfo.InvariantCulture) / double.Parse(total, CultureInfo.InvariantCulture));
                continue;
            }

            said.Enqueue(line);
            if (said.Count > ErrorLines)
            {
                said.Dequeue();
            }
        }

        return said;
    }
}
