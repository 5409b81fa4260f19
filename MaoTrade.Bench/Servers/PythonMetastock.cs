using System.Diagnostics;
using System.Globalization;
using MaoTrade.Bench.Measuring;
using MaoTrade.Bench.Processes;

namespace MaoTrade.Bench.Servers;

/// <summary>The original's reader of Metastock files, in a process of its own.</summary>
internal sealed class PythonMetastock(Process process)
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Starts it on a file; null where Python is not installed.</summary>
    public static PythonMetastock? TryStart(Children children, string file, DateOnly first, DateOnly last)
    {
        if (!File.Exists(Python))
        {
            return null;
        }

        string[] arguments =
        [
            "-B", Path.Combine(AppContext.BaseDirectory, "Peers", "original_metastock.py"), file, $"{first:yyyy-MM-dd}", $"{last:yyyy-MM-dd}",
        ];
        return new PythonMetastock(children.Start(new ProcessStartInfo(Python, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }));
    }

    /// <summary>Reads so many frames up to random dates, for about as long as asked.</summary>
    public Slice Read(TimeSpan length, int frames)
    {
        process.StandardInput.WriteLine($"{length.TotalSeconds.ToString(CultureInfo.InvariantCulture)} {frames}");
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine()?.Split(' ') ?? throw new BenchException("the reader in Python ended");
        return new Slice(
            long.Parse(answer[0], CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(answer[1], CultureInfo.InvariantCulture)), TimeSpan.Zero);
    }
}
