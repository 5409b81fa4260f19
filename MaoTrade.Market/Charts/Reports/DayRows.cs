using System.Globalization;
using MaoTrade.Market.Figures;

namespace MaoTrade.Market.Charts.Reports;

/// <summary>Days in a table.</summary>
public static class DayRows
{
    public static IReadOnlyList<string> Columns { get; } = ["Day", "Start", "End", "Return", "Drawdown", "Trades", "Won", "Lost", "Fees", "Profit"];

    public static IReadOnlyList<ReportCell> Row(ResultDay day) =>
    [
        day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), FigureText.Money(day.StartEquity), FigureText.Money(day.EndEquity),
        new(FigureText.Percent(day.Return), Math.Sign(day.Return ?? 0)), FigureText.Percent(day.MaxDrawdown),
        day.Trades.ToString(CultureInfo.InvariantCulture), day.Wins.ToString(CultureInfo.InvariantCulture), day.Losses.ToString(CultureInfo.InvariantCulture),
        FigureText.Money(day.Fees), new(FigureText.Money(day.Profit), Math.Sign(day.Profit)),
    ];
}
