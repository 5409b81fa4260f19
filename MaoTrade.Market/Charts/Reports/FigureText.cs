using System.Globalization;
using MaoTrade.Market.Figures;

namespace MaoTrade.Market.Charts.Reports;

/// <summary>Figures as people read them, the same in every report.</summary>
public static class FigureText
{
    /// <summary>Name, value and mood of each figure.</summary>
    public static IEnumerable<SheetFigure> Of(PerformanceFigures figures)
    {
        yield return new SheetFigure("trades", figures.Trades.ToString("N0", CultureInfo.InvariantCulture));
        yield return new SheetFigure("win rate", Percent(figures.WinRate));
        yield return new SheetFigure("profit factor", Ratio(figures.ProfitFactor));
        yield return new SheetFigure("total return", Percent(figures.TotalReturn), Math.Sign(figures.TotalReturn ?? 0));
        yield return new SheetFigure("annual return", Percent(figures.AnnualReturn), Math.Sign(figures.AnnualReturn ?? 0));
        yield return new SheetFigure("volatility", Percent(figures.Volatility));
        yield return new SheetFigure("max drawdown", Percent(figures.MaxDrawdown));
        yield return new SheetFigure("Sharpe", Ratio(figures.Sharpe));
        yield return new SheetFigure("Sortino", Ratio(figures.Sortino));
        yield return new SheetFigure("Calmar", Ratio(figures.Calmar));
        yield return new SheetFigure("exposure", Percent(figures.Exposure));
    }

    public static string Money(decimal? value) => value?.ToString("N2", CultureInfo.InvariantCulture) ?? "–";

    public static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    public static string Percent(double? value) => value is { } ratio ? (ratio * 100).ToString("#,0.00", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>A moment, with its time where it has one.</summary>
    public static string Time(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime.ToString(
        unixSeconds % 86_400 == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A length of bars.</summary>
    public static string Length(int seconds) => seconds switch
    {
        _ when seconds % 86_400 == 0 => Plural(seconds / 86_400, "day"),
        _ when seconds % 3_600 == 0 => Plural(seconds / 3_600, "hour"),
        _ when seconds % 60 == 0 => Plural(seconds / 60, "minute"),
        _ => Plural(seconds, "second"),
    };

    private static string Plural(int count, string unit) =>
        count == 1 ? $"1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{count} {unit}s");
}
