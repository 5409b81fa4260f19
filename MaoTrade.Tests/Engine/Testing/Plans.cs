using System.Text.Json;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Testing;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Engine.Testing.Rules;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Engine.Testing;

/// <summary>Plans on bars of a day that are written down in the test.</summary>
internal static class Plans
{
    public const long Day = 86_400;

    public static SystemCatalog Catalog { get; } = new(() => new ScriptSystem(), () => new ForgetfulSystem());

    /// <summary>Open, high, low, close of each day.</summary>
    public static BarSeries Bars(params (decimal Open, decimal High, decimal Low, decimal Close)[] days) => BarSeries.Of(
        "TEST", (int)Day,
        [.. days.Select((d, i) => new QuotedFrame(new Frame(i * Day, d.Open, d.High, d.Low, d.Close, 100), null, null))]);

    public static BacktestPlan Script(string script, BarSeries bars, BacktestRules? rules = null) => new()
    {
        Catalog = Catalog,
        System = "Script",
        Params = JsonSerializer.SerializeToElement(new { script }),
        Bars = bars,
        Rules = rules ?? new BacktestRules(),
        StartEquity = 10_000,
    };

    public static BacktestPlan BuiltIn(string system, string parameters, BarSeries bars) => new()
    {
        Catalog = SystemCatalog.BuiltIn,
        System = system,
        Params = JsonDocument.Parse(parameters).RootElement,
        Bars = bars,
    };

    public static BacktestResult Run(this BacktestPlan plan) => Backtest.Run(plan, null, CancellationToken.None);

    /// <summary>A walk of whole steps that crosses its averages often; the same every time.</summary>
    public static BarSeries Walk(int count)
    {
        var random = new Random(7);
        var price = 1_000m;
        var bars = new List<QuotedFrame>();
        for (var i = 0; i < count; i++)
        {
            var open = price + random.Next(-3, 4);
            price = Math.Max(100, open + random.Next(-8, 9));
            bars.Add(new QuotedFrame(
                new Frame(i * 60L, open, Math.Max(open, price) + random.Next(4), Math.Min(open, price) - random.Next(4), price, random.Next(1, 9)),
                null, null));
        }

        return BarSeries.Of("WALK", 60, bars);
    }
}
