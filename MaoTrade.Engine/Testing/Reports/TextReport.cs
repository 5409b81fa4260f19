using System.Globalization;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>The result for a terminal.</summary>
public static class TextReport
{
    private const int MostOrders = 20;

    public static void Write(BacktestResult result, TextWriter output)
    {
        var (plan, figures) = (result.Plan, result.Figures);
        output.WriteLine($"{plan.System} on {plan.Bars.Epic}, {plan.Bars.Count:N0} bars of {plan.Bars.TimeFrameSeconds} s, {Time(plan.Bars.Frames[0].UnixSeconds)} to {Time(plan.Bars.Frames[^1].UnixSeconds)}");
        output.WriteLine($"params {plan.Params.GetRawText()}");
        output.WriteLine($"rules  {RuleSheet.Text(plan.Rules)}");
        output.WriteLine();
        foreach (var (name, value) in Rows(result))
        {
            output.WriteLine($"  {name,-18}{value,22}");
        }

        output.WriteLine();
        WriteOrders(result.Orders, output);
        output.WriteLine();
        output.WriteLine($"Sharpe = mean / sample deviation of daily returns less 2 %/252, times √252. Orders {JsonReport.OrdersSha256(result.Orders)}");
    }

    /// <summary>Figures by name, as people read them.</summary>
    internal static IEnumerable<(string Name, string Value)> Rows(BacktestResult result)
    {
        var figures = result.Figures;
        yield return ("start equity", Money(result.Plan.StartEquity));
        yield return ("end equity", Money(result.EndEquity));
        yield return ("fees", Money(result.Fees));
        yield return ("orders", result.Orders.Count.ToString("N0", CultureInfo.InvariantCulture));
        yield return ("trades", figures.Trades.ToString("N0", CultureInfo.InvariantCulture));
        yield return ("win rate", Percent(figures.WinRate));
        yield return ("profit factor", Ratio(figures.ProfitFactor));
        yield return ("total return", Percent(figures.TotalReturn));
        yield return ("annual return", Percent(figures.AnnualReturn));
        yield return ("max drawdown", Percent(figures.MaxDrawdown));
        yield return ("Sharpe", Ratio(figures.Sharpe));
        yield return ("Sortino", Ratio(figures.Sortino));
        yield return ("Calmar", Ratio(figures.Calmar));
        yield return ("exposure", Percent(figures.Exposure));
    }

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

    private static string Money(decimal value) => value.ToString("N2", CultureInfo.InvariantCulture);

    private static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    private static string Percent(double? value) => value is { } ratio ? (ratio * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %" : "–";
}
