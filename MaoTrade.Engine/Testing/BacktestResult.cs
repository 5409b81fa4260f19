using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Testing;

/// <summary>How a test ended.</summary>
/// <param name="Plan">What was tested.</param>
/// <param name="Orders">Filled orders in the order of their fills.</param>
/// <param name="Trades">Closed trades in the order of their ends.</param>
/// <param name="Equity">Equity at the close of every bar.</param>
/// <param name="Fees">Fees of all fills.</param>
/// <param name="Figures">Performance figures.</param>
/// <param name="Days">Figures of each UTC day with bars.</param>
/// <param name="Notes">The first warnings of the trade manager.</param>
public sealed record BacktestResult(
    BacktestPlan Plan, IReadOnlyList<BacktestOrder> Orders, IReadOnlyList<BacktestTrade> Trades, IReadOnlyList<EquityPoint> Equity,
    decimal Fees, PerformanceFigures Figures, IReadOnlyList<ResultDay> Days, IReadOnlyList<string> Notes)
{
    /// <summary>What the system drew, where <see cref="BacktestPlan.KeepsChart"/> asked for it: area, name and kind of each line with its points in the order of time.</summary>
    public IReadOnlyDictionary<(string Area, string Name, SeriesKind Kind), List<ChartPoint>> Chart { get; init; } =
        new Dictionary<(string, string, SeriesKind), List<ChartPoint>>();

    public decimal EndEquity => Equity.Count > 0 ? Equity[^1].Value : Plan.StartEquity;
}
