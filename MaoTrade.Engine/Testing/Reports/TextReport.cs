using System.Globalization;
using MaoTrade.Engine.Orders;
using MaoTrade.Market.Charts;
using MaoTrade.Market.Charts.Reports;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>The result for a terminal.</summary>
public static class TextReport
{
    private const int MostOrders = 20;

    public static void Write(BacktestResult result, TextWriter output)
    {
        var plan = result.Plan;
        output.WriteLine($"{plan.System} on {plan.Bars.Epic}, {plan.Bars.Count:N0} bars of {plan.Bars.TimeFrameSeconds} s, {Time(plan.Bars.Frames[0].UnixSeconds)} to {Time(plan.Bars.Frames[^1].UnixSeconds)}");
        output.WriteLine($"params {plan.Params.GetRawText()}");
        output.WriteLine($"rules  {RuleSheet.Text(plan.Rules)}");
        output.WriteLine();
        foreach (var figure in Rows(result))
        {
            output.WriteLine($"  {figure.Name,-18}{figure.Value,22}");
        }

        output.WriteLine();
        WriteOrders(result.Orders, output);
        output.WriteLine();
        output.WriteLine($"Sharpe = mean / sample deviation of daily returns less 2 %/252, times √252. Orders {JsonReport.OrdersSha256(result.Orders)}");
    }

    /// <summary>Figures by name, as people read them.</summary>
    internal static IEnumerable<SheetFigure> Rows(BacktestResult result) =>
    [
        new("start equity", FigureText.Money(result.Plan.StartEquity)),
        new("end equity", FigureText.Money(result.EndEquity)),
        new("fees", FigureText.Money(result.Fees)),
        new("orders", result.Orders.Count.ToString("N0", CultureInfo.InvariantCulture)),
        .. FigureText.Of(result.Figures),
    ];

    internal static string Time(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static void WriteOrders(IReadOnlyList<BacktestOrder> orders, TextWriter output)
    {
        if (orders.Count > MostOrders)
        {
            output.WriteLine($"  the last {MostOrders} of {orders.Count:N0} orders");
        }

        foreach (var order in orders.Skip(orders.Count - MostOrders))
        {
            var side = order.OpType == OrderOpType.Buy ? "buy" : "sell";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {order.N,6}  {Time(order.Frame)}  {side,-4} {order.Qty,14:0.######} at {order.Price,14:0.########}  fee {order.Fee,10:0.####}  {JsonReport.Word(order.Reason)}"));
        }
    }
}
