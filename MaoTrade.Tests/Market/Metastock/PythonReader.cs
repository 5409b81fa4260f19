using System.Diagnostics;
using System.Text.Json;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Metastock;

/// <summary>What a reader in another language, written from the format's description, finds in a folder.</summary>
internal static class PythonReader
{
    public const string Python = "/usr/bin/python3";

    public static async Task<IReadOnlyList<PythonInstrument>> ReadAsync(string folder)
    {
        var start = new ProcessStartInfo(
            Python, [Path.Combine(Repository.Root, "MaoTrade.Tests", "Market", "Metastock", "metastock_reader.py"), folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, await errors);
        return JsonSerializer.Deserialize<List<PythonInstrument>>(output, JsonSerializerOptions.Web)!;
    }
}

/// <summary>An instrument as Python read it; rows hold the columns in their order.</summary>
internal sealed record PythonInstrument(
    int Number, string Symbol, string Name, string Period, int Minutes, string[] Columns, int First, int Last, double[][] Rows)
{
    public double[] Column(string name) => [.. Rows.Select(row => row[Array.IndexOf(Columns, name)])];

    /// <summary>Starts of the bars.</summary>
    public long[] UnixSeconds() => Columns.Contains("time")
        ? [.. Column("date").Zip(Column("time"), Unix)]
        : [.. Column("date").Select(date => Unix(date, 0))];

    private static long Unix(double date, double time)
    {
        var (d, t) = ((int)date, (int)time);
        return new DateTimeOffset(
            1900 + (d / 10_000), d / 100 % 100, d % 100, t / 10_000, t / 100 % 100, t % 100, TimeSpan.Zero).ToUnixTimeSeconds();
    }
}
