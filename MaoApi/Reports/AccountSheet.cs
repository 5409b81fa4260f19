using System.Globalization;
using MaoTrade.Market.Charts;
using MaoTrade.Market.Charts.Layers;
using MaoTrade.Market.Charts.Reports;
using MaoTrade.Market.Figures;

namespace MaoApi.Reports;

/// <summary>An account's performance as a report: equity, drawdown, what each day brought; days and trades in tables.</summary>
internal static class AccountSheet
{
    private const int DayHeight = 110;
    private const int DaySeconds = 86_400;

    public static Report Of(AccountPerformance performance)
    {
        var days = performance.Days.Where(day => day.EndEquity is not null).ToList();
        var currency = performance.Currency;
        var sheet = new ChartSheet
        {
            Title = performance.Scope is { Length: > 0 } scope ? $"{performance.AccountId}: {scope}" : performance.AccountId,
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"{performance.From.UtcDateTime:yyyy-MM-dd HH:mm} to {performance.To.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {performance.Period}, money in {(currency.Length > 0 ? currency : "the account's currency")}"),
            Figures =
            [
                new("start equity", FigureText.Money(days.FirstOrDefault()?.StartEquity)),
                new("end equity", FigureText.Money(days.LastOrDefault()?.EndEquity)),
                new("profit of trades", FigureText.Money(performance.Figures.TotalProfit), Math.Sign(performance.Figures.TotalProfit)),
                new("fees", FigureText.Money(performance.Figures.TotalFees)),
                .. FigureText.Of(performance.Figures),
            ],
            Frames = days.Count == 0 ? [] : [UnixSeconds(days[0].Date) - DaySeconds, .. days.Select(day => UnixSeconds(day.Date))],
            TimeFrameSeconds = DaySeconds,
            Panels = days.Count == 0 ? [] : Panels(days),
            Nothing = "No equity of this period is known yet: it is taken while the engine runs.",
        };
        return new Report(sheet, [DayTable(performance), .. Trades(performance), Formulas]);
    }

    private static ReportSection Formulas => new("Formulas")
    {
        Paragraphs =
        [
            "Days are trading days, which begin at the daily clean. Sharpe: mean over sample deviation of the daily returns less 2 %/252, times √252. Sortino: the same over "
                + "the root of the mean squared shortfall. Annual return: compound growth, a year of 365 days. Max drawdown: fall from the highest equity so far, within the days too; "
                + "the chart shows the ends of the days. A dash stands where a figure is not defined or not known.",
        ],
    };

    /// <summary>Each over the days, after a first bar on which nothing has happened yet.</summary>
    private static IReadOnlyList<Panel> Panels(List<ResultDay> days)
    {
        var start = (double)(days[0].StartEquity ?? days[0].EndEquity ?? 0);
        return
        [
            .. EquityPanels.Of(start, [start, .. days.Select(day => (double)day.EndEquity!.Value)]),
            new Panel(
                "Return of the day", DayHeight,
                [new ColumnLayer([double.NaN, .. days.Select(day => day.Return ?? double.NaN)]) { Name = "return of the day", Format = EquityPanels.Percent }])
            {
                IsRatio = true,
            },
            new Panel(
                "Trades", DayHeight,
                [new ColumnLayer([double.NaN, .. days.Select(day => (double)day.Trades)]) { Name = "trades", IsSigned = false }]),
        ];
    }

    private static ReportSection DayTable(AccountPerformance performance) => new("Days")
    {
        Note = performance.Days.Count.ToString(CultureInfo.InvariantCulture),
        Table = new ReportTable(DayRows.Columns, 1, performance.Days.Reverse().Select(DayRows.Row)),
    };

    private static IEnumerable<ReportSection> Trades(AccountPerformance performance)
    {
        if (performance.Trades is not { Count: > 0 } trades)
        {
            yield break;
        }

        yield return new ReportSection("Trades")
        {
            Note = trades.Count < performance.Figures.Trades
                ? string.Create(CultureInfo.InvariantCulture, $"the latest {trades.Count} of {performance.Figures.Trades:N0}")
                : trades.Count.ToString(CultureInfo.InvariantCulture),
            Table = new ReportTable(
                ["Closed", "Opened", "Epic", "Side", "Quantity", "Entry price", "Exit price", "Fees", "Profit"],
                4,
                trades.Reverse().Select(trade => (IReadOnlyList<ReportCell>)
                [
                    Time(trade.At), trade.OpenedAt is { } opened ? Time(opened) : "–", trade.Epic, trade.OpType == 1 ? "long" : "short",
                    Number(trade.Qty), Number(trade.EntryPrice), Number(trade.ExitPrice), FigureText.Money(trade.Fees),
                    new(FigureText.Money(trade.Pnl), Math.Sign(trade.Pnl)),
                ])),
        };
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Number(decimal? value) => value?.ToString("#,0.########", CultureInfo.InvariantCulture) ?? "–";

    private static long UnixSeconds(DateOnly date) => new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
}
