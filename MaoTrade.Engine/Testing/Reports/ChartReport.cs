using System.Globalization;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Market.Charts;
using MaoTrade.Market.Charts.Layers;
using MaoTrade.Market.Charts.Reports;
using MaoTrade.Market.Charts.Scales;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>The result for eyes: prices with what the system drew and its fills, equity, drawdown; figures, trades, days, rules.</summary>
public static class ChartReport
{
    private const int PriceHeight = 380;
    private const int AreaHeight = 110;
    private const int MostRows = 1_000;

    /// <summary>Area of a system's chart that lies over the prices.</summary>
    private const string PriceArea = "price";

    private static readonly Ink[] Inks = [Ink.First, Ink.Second, Ink.Third, Ink.Fourth, Ink.Fifth];

    public static Report Of(BacktestResult result)
    {
        var (plan, bars) = (result.Plan, result.Plan.Bars);
        var frames = Array.ConvertAll(bars.Frames, frame => frame.UnixSeconds);
        var axis = new BarAxis(frames, 0, 1);
        var areas = Areas(result, axis);
        var sheet = new ChartSheet
        {
            Title = $"{plan.System} on {bars.Epic}",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"{FigureText.Time(frames[0])} to {FigureText.Time(frames[^1])} UTC, {frames.Length:N0} bars of {FigureText.Length(bars.TimeFrameSeconds)}; {RuleSheet.Text(plan.Rules)}"),
            Figures = [.. TextReport.Rows(result)],
            Frames = frames,
            TimeFrameSeconds = bars.TimeFrameSeconds,
            Panels =
            [
                new Panel("Prices and fills", PriceHeight, [new CandleLayer(bars.Frames), .. areas.Where(area => area.Key == PriceArea).SelectMany(area => area), Trades(result, axis)]),
                .. areas.Where(area => area.Key != PriceArea).Select(area => new Panel(area.Key, AreaHeight, [.. area])),
                .. EquityPanels.Of((double)plan.StartEquity, [.. result.Equity.Select(point => (double)point.Value)]),
            ],
        };
        return new Report(sheet, [TradeTable(result), OrderTable(result), DayTable(result), Rules(result)]);
    }

    private static TradeLayer Trades(BacktestResult result, BarAxis axis) => new(
        [
            .. result.Orders.Select(order => new FillMark(
                axis.At(order.Frame), (double)order.Price, order.OpType == OrderOpType.Buy,
                string.Create(CultureInfo.InvariantCulture, $"{Side(order.OpType)} {order.Qty:0.######} at {order.Price:0.########} ({JsonReport.Word(order.Reason)})"))),
        ],
        [
            .. result.Trades.Select(trade => new HeldMark(
                axis.At(trade.EntryFrame), (double)trade.EntryPrice, axis.At(trade.ExitFrame), (double)trade.ExitPrice, trade.Pnl > 0)),
        ])
    {
        Name = TradeLayer.NameOf(result.Orders.Count),
    };

    /// <summary>The lines of the system's own chart by their area; each point at its bar.</summary>
    private static ILookup<string, Layer> Areas(BacktestResult result, BarAxis axis)
    {
        var layers = new List<(string Area, Layer Layer)>();
        foreach (var ((area, name, kind), points) in result.Chart)
        {
            var values = new double[axis.Count];
            Array.Fill(values, double.NaN);
            foreach (var point in points)
            {
                values[axis.At(point.Frame)] = point.Value;
            }

            var number = layers.Count(layer => layer.Area == area);
            layers.Add((area, kind == SeriesKind.Bars && area != PriceArea
                ? new ColumnLayer(values) { Name = name }
                : new LineLayer(values, Inks[number % Inks.Length]) { Name = name, Dash = number % Inks.Length * 3 }));
        }

        return layers.ToLookup(layer => layer.Area, layer => layer.Layer);
    }

    private static ReportSection TradeTable(BacktestResult result) => new("Trades")
    {
        Note = Shown(result.Trades.Count),
        Table = new ReportTable(
            ["Side", "Entry", "Exit", "Quantity", "Entry price", "Exit price", "Fees", "Profit"],
            3,
            result.Trades.Take(MostRows).Select(trade => (IReadOnlyList<ReportCell>)
            [
                trade.OpType == OrderOpType.Buy ? "long" : "short", FigureText.Time(trade.EntryFrame), FigureText.Time(trade.ExitFrame), Number(trade.Qty),
                Number(trade.EntryPrice), Number(trade.ExitPrice), FigureText.Money(trade.Fees), new(FigureText.Money(trade.Pnl), Math.Sign(trade.Pnl)),
            ])),
    };

    private static ReportSection OrderTable(BacktestResult result) => new("Orders")
    {
        Note = Shown(result.Orders.Count),
        Table = new ReportTable(
            ["#", "Bar", "Side", "Reason", "Quantity", "Price", "Fee"],
            4,
            result.Orders.Take(MostRows).Select(order => (IReadOnlyList<ReportCell>)
            [
                order.N.ToString(CultureInfo.InvariantCulture), FigureText.Time(order.Frame), Side(order.OpType), JsonReport.Word(order.Reason),
                Number(order.Qty), Number(order.Price), FigureText.Money(order.Fee),
            ])),
    };

    private static ReportSection DayTable(BacktestResult result) => new("Days with trades")
    {
        Note = Shown(result.Days.Count(day => day.Trades > 0)),
        Table = new ReportTable(
            DayRows.Columns, 1, result.Days.Where(day => day.Trades > 0).Take(MostRows).Select(DayRows.Row)),
    };

    private static ReportSection Rules(BacktestResult result) => new("Rules and formulas")
    {
        Paragraphs =
        [
            RuleSheet.Text(result.Plan.Rules),
            $"Parameters {result.Plan.Params.GetRawText()}",
            "Sharpe: mean over sample deviation of the daily returns less 2 %/252, times √252. Sortino: the same over the root of the mean squared shortfall. "
                + "Annual return: compound growth, a year of 365 days. Drawdown: fall from the highest equity so far. Candles that rise are hollow.",
            string.Create(CultureInfo.InvariantCulture, $"Seed {result.Plan.Seed}, orders {JsonReport.OrdersSha256(result.Orders)}"),
        ],
    };

    private static string Shown(int count) => count > MostRows
        ? string.Create(CultureInfo.InvariantCulture, $"the first {MostRows:N0} of {count:N0}")
        : count.ToString(CultureInfo.InvariantCulture);

    private static string Side(OrderOpType side) => side == OrderOpType.Buy ? "buy" : "sell";

    private static string Number(decimal value) => value.ToString("#,0.########", CultureInfo.InvariantCulture);
}
