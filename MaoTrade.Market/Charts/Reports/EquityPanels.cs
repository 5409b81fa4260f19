using System.Globalization;
using MaoTrade.Market.Charts.Layers;

namespace MaoTrade.Market.Charts.Reports;

/// <summary>The equity, and below it how far it lies under its highest so far.</summary>
public static class EquityPanels
{
    private const int EquityHeight = 190;
    private const int DrawdownHeight = 96;

    /// <summary>Both panels.</summary>
    /// <param name="start">Equity before the first value.</param>
    /// <param name="equity">One value for each bar; what is no number is not known.</param>
    public static IReadOnlyList<Panel> Of(double start, IReadOnlyList<double> equity)
    {
        var peak = start;
        var drawdown = new double[equity.Count];
        for (var i = 0; i < drawdown.Length; i++)
        {
            peak = double.IsFinite(equity[i]) ? Math.Max(peak, equity[i]) : peak;
            drawdown[i] = peak > 0 ? (equity[i] - peak) / peak : double.NaN;
        }

        return
        [
            new Panel("Equity", EquityHeight, [new LevelLayer(start), new AreaLayer(equity, start, Ink.First) { Name = "equity", Format = Money }]),
            new Panel("Drawdown", DrawdownHeight, [new AreaLayer(drawdown, 0, Ink.Down) { Name = "drawdown", Format = Percent, Opacity = 0.28 }]) { IsRatio = true },
        ];
    }

    /// <summary>A part as per cent, short.</summary>
    public static string Percent(double value) => (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Money(double value) => value.ToString("N2", CultureInfo.InvariantCulture);
}
