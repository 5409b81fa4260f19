using MaoTrade.Engine.Orders;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>Prices with the fills in them: candles where they can be seen, else the range and the close of each column.</summary>
internal static class TradeChart
{
    private const int MostCandles = 240;
    private const int Height = 340;

    public static string Draw(BacktestResult result, Func<int, string> time)
    {
        var frames = result.Plan.Bars.Frames;
        var chart = new ChartArea("Prices and fills", frames.Length, Height, (double)frames.Min(f => f.Low), (double)frames.Max(f => f.High));
        var decimals = (double)frames[0].Close switch { < 10 => "0.0000", < 1_000 => "0.00", _ => "0" };
        chart.Values(value => value.ToString(decimals, System.Globalization.CultureInfo.InvariantCulture)).Times(time);
        if (frames.Length <= MostCandles)
        {
            for (var i = 0; i < frames.Length; i++)
            {
                Candle(chart, i, frames[i]);
            }
        }
        else
        {
            Range(chart, frames);
        }

        Holdings(chart, result);
        Fills(chart, result);
        return chart.ToString();
    }

    private static void Candle(ChartArea chart, int at, Frame frame)
    {
        var (open, close) = (chart.Y((double)frame.Open), chart.Y((double)frame.Close));
        var style = frame.Close >= frame.Open ? "up" : "down";
        var width = chart.Step * 0.7;
        chart.Add($"<line class=\"wick {style}\" x1=\"{chart.X(at):0.##}\" x2=\"{chart.X(at):0.##}\" y1=\"{chart.Y((double)frame.High):0.#}\" y2=\"{chart.Y((double)frame.Low):0.#}\"/>");
        chart.Add($"<rect class=\"{style}\" x=\"{chart.X(at) - (width / 2):0.##}\" y=\"{Math.Min(open, close):0.#}\" width=\"{width:0.##}\" height=\"{Math.Max(0.8, Math.Abs(open - close)):0.#}\"/>");
    }

    private static void Range(ChartArea chart, Frame[] frames)
    {
        var columns = ChartColumns.Of(frames.Length)
            .Select(column => (Last: column.First + column.Count - 1, Bars: frames.AsSpan(column.First, column.Count).ToArray())).ToArray();
        var highs = columns.Select(c => ((double)c.Last, (double)c.Bars.Max(f => f.High)));
        var lows = columns.Reverse().Select(c => ((double)c.Last, (double)c.Bars.Min(f => f.Low)));
        chart.Line("range", highs.Concat(lows));
        chart.Line("price", columns.Select(c => ((double)c.Last, (double)c.Bars[^1].Close)));
    }

    /// <summary>A line from entry to exit of each trade.</summary>
    private static void Holdings(ChartArea chart, BacktestResult result)
    {
        foreach (var trade in result.Trades)
        {
            var style = trade.Pnl > 0 ? "won" : "lost";
            chart.Line(style, [(At(result, trade.EntryFrame), (double)trade.EntryPrice), (At(result, trade.ExitFrame), (double)trade.ExitPrice)]);
        }
    }

    private static void Fills(ChartArea chart, BacktestResult result)
    {
        var size = result.Orders.Count switch { < 100 => 6.0, < 600 => 4, < 1_500 => 2.5, _ => 1.5 };
        foreach (var order in result.Orders)
        {
            var (x, y) = (chart.X(At(result, order.Frame)), chart.Y((double)order.Price));
            var isBuy = order.OpType == OrderOpType.Buy;
            var tail = isBuy ? y + (2 * size) : y - (2 * size);
            chart.Add($"<polygon class=\"{(isBuy ? "buy" : "sell")}\" points=\"{x:0.#},{y:0.#} {x - size:0.#},{tail:0.#} {x + size:0.#},{tail:0.#}\"><title>{order.N}: {(isBuy ? "buy" : "sell")} {order.Qty:0.######} at {order.Price:0.########} ({JsonReport.Word(order.Reason)}), {TextReport.Time(order.Frame)}</title></polygon>");
        }
    }

    private static int At(BacktestResult result, long frame)
    {
        var (low, high) = (0, result.Plan.Bars.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = result.Plan.Bars.Frames[middle].UnixSeconds < frame ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
