using System.Globalization;

namespace MaoTrade.Tests.Market.Models;

/// <summary>Files of features as the training reads them, invented.</summary>
internal static class FeatureTable
{
    public static readonly string[] Names = ["returns", "atr", "rsi_14", "obv", "flat"];

    /// <summary>A walk with features of very different sizes; the first feature knows the future a little.</summary>
    /// <param name="rows">How many bars.</param>
    /// <param name="factor">By bar: what close and features are multiplied with.</param>
    public static string Csv(int rows, Func<int, double>? factor = null)
    {
        var random = new Random(5);
        var close = 100.0;
        var lines = new List<string> { "frame,close," + string.Join(',', Names) };
        var next = random.NextDouble() - 0.5;
        for (var i = 0; i < rows; i++)
        {
            double[] features = [next + (random.NextDouble() * 0.2), 1.5 + random.NextDouble(), random.NextDouble() * 100, Math.Exp(random.NextDouble() * 30), 7];
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{1_600_000_000L + (i * 3600L)},{close * (factor?.Invoke(i) ?? 1):R},{string.Join(',', features.Select(value => (value * (factor?.Invoke(i) ?? 1)).ToString("R", CultureInfo.InvariantCulture)))}"));
            close = Math.Max(10, close + (next * 0.8));
            next = (0.9 * next) + ((random.NextDouble() - 0.5) * 0.4);
        }

        return string.Join('\n', lines) + "\n";
    }
}
