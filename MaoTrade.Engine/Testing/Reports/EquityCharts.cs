using System.Globalization;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>The equity curve, and below it how far it lies under its highest point.</summary>
internal static class EquityCharts
{
    private const int Height = 200;
    private const int DrawdownHeight = 110;

    public static string Equity(BacktestResult result, Func<int, string> time)
    {
        var values = Values(result);
        var start = (double)result.Plan.StartEquity;
        var chart = new ChartArea("Equity", values.Length, Height, Math.Min(start, values.Min()), Math.Max(start, values.Max()));
        chart.Values(value => value.ToString("N0", CultureInfo.InvariantCulture)).Times(time);
        chart.Area("equity-area", ChartColumns.Extremes(values), start);
        chart.Line("equity", ChartColumns.Extremes(values));
        return chart.ToString();
    }

    public static string Drawdown(BacktestResult result, Func<int, string> time)
    {
        var peak = (double)result.Plan.StartEquity;
        var values = Array.ConvertAll(Values(result), value =>
        {
            peak = Math.Max(peak, value);
            return (value - peak) / peak;
        });
        var chart = new ChartArea("Drawdown", values.Length, DrawdownHeight, Math.Min(values.Min(), -0.001), 0);
        chart.Values(value => (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %").Times(time);
        chart.Area("drawdown", ChartColumns.Extremes(values), 0);
        return chart.ToString();
    }

    private static double[] Values(BacktestResult result) => [.. result.Equity.Select(point => (double)point.Value)];
}
