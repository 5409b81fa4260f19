using System.Text.Json;
using MaoTrade.Market.Figures;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Figures;

/// <summary>The figures of random curves and trades, against pandas and the definitions of docs/figures.md.</summary>
public sealed class PandasFigureTests
{
    /// <summary>Reads curves and trades, prints the figures of each.</summary>
    private const string Script =
        """
        import json, math, sys
        import numpy as np, pandas as pd

        def figures(case):
            curve = pd.Series([v for _, v in case["curve"]], index=pd.to_datetime([t for t, _ in case["curve"]], unit="s"))
            start = case["start"]
            daily = curve.groupby(curve.index.date).last()
            r = pd.Series(np.concatenate([[start], daily.values])).pct_change().dropna()
            e = r - 0.02 / 252
            whole = pd.Series(np.concatenate([[start], curve.values]))
            drawdown = (1 - whole / whole.cummax()).max()
            years = (curve.index[-1] - curve.index[0]).total_seconds() / (365 * 86400)
            annual = (whole.iloc[-1] / start) ** (1 / years) - 1
            pnl = pd.Series(case["trades"], dtype=float)
            return {
                "trades": int(pnl.size), "wins": int((pnl > 0).sum()), "losses": int((pnl < 0).sum()),
                "winRate": float((pnl > 0).mean()), "profitFactor": float(pnl[pnl > 0].sum() / -pnl[pnl < 0].sum()),
                "totalProfit": float(pnl.sum()), "totalReturn": float(whole.iloc[-1] / start - 1), "annualReturn": float(annual),
                "volatility": float(r.std(ddof=1) * math.sqrt(252)),
                "sharpe": float(e.mean() / e.std(ddof=1) * math.sqrt(252)),
                "sortino": float(e.mean() / math.sqrt((e.clip(upper=0) ** 2).mean()) * math.sqrt(252)),
                "maxDrawdown": float(drawdown), "calmar": float(annual / drawdown),
            }

        print(json.dumps([figures(case) for case in json.load(sys.stdin)]))
        """;

    [PandasFact]
    public async Task Figures_are_those_pandas_works_out()
    {
        var cases = Enumerable.Range(1, 60).Select(Case).ToArray();
        var input = JsonSerializer.Serialize(cases.Select(one => new
        {
            start = one.Start,
            curve = one.Curve.Select(point => new object[] { point.UnixSeconds, point.Value }),
            trades = one.Trades.Select(trade => trade.Pnl),
        }));

        using var expected = JsonDocument.Parse(await DebianPython.RunAsync(Script, input));

        for (var i = 0; i < cases.Length; i++)
        {
            var figures = AccountResult.OfCurve(cases[i].Start, cases[i].Curve, cases[i].Trades, exposure: 0).Figures();
            foreach (var (name, value) in Named(figures))
            {
                var theirs = expected.RootElement[i].GetProperty(name).GetDouble();
                value.Should().BeApproximately(theirs, 1e-9 * Math.Max(1e-3, Math.Abs(theirs)), $"{name} of curve {i}");
            }
        }
    }

    private static IEnumerable<(string Name, double? Value)> Named(PerformanceFigures figures) =>
    [
        ("trades", figures.Trades), ("wins", figures.Wins), ("losses", figures.Losses), ("winRate", figures.WinRate),
        ("profitFactor", figures.ProfitFactor), ("totalProfit", (double)figures.TotalProfit), ("totalReturn", figures.TotalReturn),
        ("annualReturn", figures.AnnualReturn), ("volatility", figures.Volatility), ("sharpe", figures.Sharpe), ("sortino", figures.Sortino),
        ("maxDrawdown", figures.MaxDrawdown), ("calmar", figures.Calmar),
    ];

    /// <summary>A walk of hours, of days, or of days with holes.</summary>
    private static (decimal Start, EquityPoint[] Curve, ClosedTrade[] Trades) Case(int seed)
    {
        var random = new Random(seed);
        var start = 1_000m * random.Next(1, 200);
        var (moment, value) = (1_600_000_000L, start);
        var curve = new EquityPoint[random.Next(300, 1_500)];
        for (var i = 0; i < curve.Length; i++)
        {
            moment += (seed % 3) switch { 0 => 3_600, 1 => 86_400, _ => 3_600 * random.Next(1, 60) };
            value = Math.Round(value * (1 + (decimal)((random.NextDouble() - 0.49) * 0.02)), 4);
            curve[i] = new EquityPoint(moment, value);
        }

        var trades = Enumerable.Range(0, random.Next(20, 200)).Select(_ =>
            new ClosedTrade(DateTimeOffset.FromUnixTimeSeconds(curve[random.Next(curve.Length)].UnixSeconds), Math.Round((decimal)(random.NextDouble() - 0.45) * 500, 2), 0));
        return (start, curve, [.. trades]);
    }
}
