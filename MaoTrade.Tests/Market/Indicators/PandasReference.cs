using System.Diagnostics;
using System.Globalization;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Indicators;

/// <summary>The columns of <c>reference.py</c> for a series of bars.</summary>
internal static class PandasReference
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<Dictionary<string, double[]>> WorkAsync(BarSeries bars)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "bars.csv");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, bars.Length)
            .Select(i => FormattableString.Invariant($"{bars.High[i]:R},{bars.Low[i]:R},{bars.Close[i]:R},{bars.Volume[i]:R}"))
            .Prepend("high,low,close,volume"));
        var start = new ProcessStartInfo(PandasFactAttribute.Interpreter) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "MaoTrade.Tests", "Market", "Indicators", "reference.py"));
        start.ArgumentList.Add(file);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.Should().Be(0, await errors);
        return Columns(text);
    }

    private static Dictionary<string, double[]> Columns(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = lines[0].Trim().Split(',');
        var rows = lines[1..].Select(line => line.Trim().Split(',')).ToArray();
        return names.Select((name, column) => (name, rows.Select(row => Number(row[column])).ToArray())).ToDictionary(pair => pair.name, pair => pair.Item2);
    }

    private static double Number(string text) => text is "" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
