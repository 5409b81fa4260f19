using System.Globalization;
using System.Net;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Testing.Reports;

/// <summary>The result as one page that needs nothing else: figures, charts, rules, orders.</summary>
public static class HtmlReport
{
    private const int MostOrders = 1_000;

    private const string Style =
        """
        :root{--ink:#17202b;--soft:#66727f;--line:#dde3e9;--page:#f4f6f8;--card:#fff;--good:#12805c;--bad:#c2374a;--tone:#2b62d9}
        @media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#93a0ad;--line:#2c3641;--page:#11161c;--card:#19212a;--good:#39c08f;--bad:#f0677a;--tone:#7aa5ff}}
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
        main{max-width:1120px;margin:0 auto;padding:32px 20px 64px}h1{font-size:26px;line-height:1.2;margin:0}h2{font-size:15px;margin:0 0 10px}
        .soft{color:var(--soft)}section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin-top:16px}
        .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(140px,1fr));gap:16px 20px}.figures dt{color:var(--soft);font-size:13px}
        .figures dd{margin:0;font-size:19px;font-weight:600;font-variant-numeric:tabular-nums}.good{color:var(--good)}.bad{color:var(--bad)}
        svg{width:100%;height:auto;display:block;overflow:visible}svg text{font-size:12px;fill:var(--soft)}svg .time{text-anchor:middle}
        .grid{stroke:var(--line)}polyline{fill:none}.price{stroke:var(--ink);stroke-width:1.1}.range{fill:var(--soft);fill-opacity:.28;stroke:none}
        .up{fill:var(--good);stroke:var(--good)}.down{fill:var(--bad);stroke:var(--bad)}.wick{stroke-width:1}
        .won{stroke:var(--good);stroke-opacity:.55}.lost{stroke:var(--bad);stroke-opacity:.55}.buy{fill:var(--good);fill-opacity:.9}.sell{fill:var(--bad);fill-opacity:.9}
        .equity{stroke:var(--tone);stroke-width:1.6}.equity-area{fill:var(--tone);fill-opacity:.1}.drawdown{fill:var(--bad);fill-opacity:.35}
        .scroll{max-height:480px;overflow:auto}table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
        th{position:sticky;top:0;background:var(--card);text-align:right;color:var(--soft);font-weight:500}th,td{padding:5px 10px;border-bottom:1px solid var(--line)}
        td{text-align:right}th:nth-child(-n+3),td:nth-child(-n+3){text-align:left}code{font-size:12px;overflow-wrap:anywhere}
        """;

    public static void Write(BacktestResult result, TextWriter output)
    {
        var (plan, bars) = (result.Plan, result.Plan.Bars);
        var title = WebUtility.HtmlEncode($"{plan.System} on {bars.Epic}");
        output.Write(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title><style>{Style}</style></head>
            <body><main><h1>{title}</h1>
            <p class="soft">{TextReport.Time(bars.Frames[0].UnixSeconds)} to {TextReport.Time(bars.Frames[^1].UnixSeconds)} UTC, {bars.Count.ToString("N0", CultureInfo.InvariantCulture)} bars of {bars.TimeFrameSeconds} s<br>
            <code>{WebUtility.HtmlEncode(plan.Params.GetRawText())}</code></p>

            """);
        WriteFigures(result, output);
        WriteCharts(result, output);
        WriteOrders(result, output);
        output.Write(
            $"""
            <section><h2>Rules</h2><p>{WebUtility.HtmlEncode(RuleSheet.Text(plan.Rules))}</p>
            <p class="soft">Sharpe: mean over sample deviation of the daily returns less 2 %/252, times √252. Sortino: the same over the root of the mean squared shortfall. Annual return: compound growth, a year of 365 days. Drawdown: fall from the highest equity so far. Seed {plan.Seed}, orders <code>{JsonReport.OrdersSha256(result.Orders)}</code></p></section>
            </main></body></html>

            """);
    }

    private static void WriteFigures(BacktestResult result, TextWriter output)
    {
        output.Write("<section><dl class=\"figures\">");
        foreach (var (name, value) in TextReport.Rows(result))
        {
            var mood = name is "total return" or "annual return" && value.Length > 1
                ? value.StartsWith('-') ? " class=\"bad\"" : " class=\"good\""
                : "";
            output.Write($"<div><dt>{name}</dt><dd{mood}>{value}</dd></div>");
        }

        output.WriteLine("</dl></section>");
    }

    private static void WriteCharts(BacktestResult result, TextWriter output)
    {
        var frames = result.Plan.Bars.Frames;
        var form = frames[^1].UnixSeconds - frames[0].UnixSeconds > 6 * 86_400 ? "yyyy-MM-dd" : "MM-dd HH:mm";
        string Time(int bar) =>
            DateTimeOffset.FromUnixTimeSeconds(frames[bar].UnixSeconds).UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
        output.WriteLine($"<section><h2>Prices and fills</h2>{TradeChart.Draw(result, Time)}</section>");
        output.WriteLine($"<section><h2>Equity</h2>{EquityCharts.Equity(result, Time)}<h2>Drawdown</h2>{EquityCharts.Drawdown(result, Time)}</section>");
    }

    private static void WriteOrders(BacktestResult result, TextWriter output)
    {
        var shown = result.Orders.Count > MostOrders ? $"the first {MostOrders:N0} of {result.Orders.Count:N0}" : $"{result.Orders.Count}";
        output.Write($"<section><h2>Orders <span class=\"soft\">{shown}</span></h2><div class=\"scroll\"><table><thead><tr><th>#</th><th>Bar</th><th>Side</th><th>Quantity</th><th>Price</th><th>Fee</th><th>Reason</th></tr></thead><tbody>");
        foreach (var order in result.Orders.Take(MostOrders))
        {
            var side = order.OpType == OrderOpType.Buy ? "<td class=\"good\">buy" : "<td class=\"bad\">sell";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"<tr><td>{order.N}</td><td>{TextReport.Time(order.Frame)}</td>{side}</td><td>{order.Qty:0.######}</td><td>{order.Price:0.########}</td><td>{order.Fee:0.####}</td><td>{JsonReport.Word(order.Reason)}</td></tr>"));
        }

        output.WriteLine("</tbody></table></div></section>");
    }
}
