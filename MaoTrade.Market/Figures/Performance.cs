namespace MaoTrade.Market.Figures;

/// <summary>
/// Performance figures from the equity of days and from closed trades: one place for live accounts, system tests and reports. A day counts
/// with its last equity; its return r is against that of the day before, the first day's against its first equity; excess
/// e = r − <see cref="RiskFreePerYear"/> / <see cref="DaysPerYear"/>. Sharpe and Sortino as Sharpe (1994) and Sortino and
/// Price (1994) give them, annualised by √252; annual return as compound growth over the time that went by. Definitions and edge cases:
/// docs/figures.md.
/// </summary>
public static class Performance
{
    /// <summary>Risk-free rate, a year.</summary>
    public const double RiskFreePerYear = 0.02;

    /// <summary>Trading days of a year.</summary>
    public const double DaysPerYear = 252;

    private const double CalendarDaysPerYear = 365;

    /// <summary>The figures of a period.</summary>
    /// <param name="days">Equity of its days, oldest first; empty where none is known.</param>
    /// <param name="elapsed">Time from the first equity to the last.</param>
    /// <param name="trades">Trades closed in the period.</param>
    /// <param name="exposure">Part of the time at which a position was open; null where that is not known.</param>
    public static PerformanceFigures Of(
        IReadOnlyList<EquityDay> days, TimeSpan elapsed, IReadOnlyCollection<TradeOutcome> trades, double? exposure)
    {
        var wins = trades.Where(trade => trade.Pnl > 0).ToArray();
        var losses = trades.Where(trade => trade.Pnl < 0).ToArray();

        // Nothing grows from nothing: without a positive start there is no return, nor what follows from one.
        var known = days.Count > 0 && days[0].Start > 0;
        var growth = known ? (double)(days[^1].Last / days[0].Start) : double.NaN;
        var annual = Annual(growth, elapsed);
        double? drawdown = known ? MaxDrawdown(days) : null;
        var returns = known ? DailyReturns(days) : [];
        var excess = returns.ConvertAll(r => r - (RiskFreePerYear / DaysPerYear));
        return new PerformanceFigures
        {
            Trades = trades.Count,
            Wins = wins.Length,
            Losses = losses.Length,
            WinRate = trades.Count == 0 ? 0 : (double)wins.Length / trades.Count,
            ProfitFactor = losses.Length == 0 ? null : (double)(wins.Sum(t => t.Pnl) / -losses.Sum(t => t.Pnl)),
            TotalProfit = trades.Sum(trade => trade.Pnl),
            TotalFees = Fees(trades),
            TotalReturn = known ? growth - 1 : null,
            AnnualReturn = annual,
            Volatility = Deviation(returns) * Math.Sqrt(DaysPerYear),
            Sharpe = Ratio(excess, Deviation(excess)),
            Sortino = Ratio(excess, DownsideDeviation(excess)),
            MaxDrawdown = drawdown,
            Calmar = drawdown > 0 ? annual / drawdown : null,
            Exposure = exposure,
        };
    }

    /// <summary>Returns from day to day; they end where the equity is used up, because nothing grows from there.</summary>
    public static List<double> DailyReturns(IReadOnlyList<EquityDay> days)
    {
        var returns = new List<double>();
        for (var i = 0; i < days.Count; i++)
        {
            var before = i == 0 ? days[0].Start : days[i - 1].Last;
            if (before <= 0)
            {
                break;
            }

            returns.Add((double)(days[i].Last / before) - 1);
        }

        return returns;
    }

    /// <summary>Sum of the fees; null where one is not known.</summary>
    internal static decimal? Fees(IReadOnlyCollection<TradeOutcome> trades) =>
        trades.Any(trade => trade.Fees is null) ? null : trades.Sum(trade => trade.Fees!.Value);

    /// <summary>How far a value lies below a peak above 0, as a part of it.</summary>
    internal static double Fall(decimal peak, decimal value) => (double)((peak - value) / peak);

    private static double? Annual(double growth, TimeSpan elapsed)
    {
        if (elapsed < TimeSpan.FromDays(1) || growth is not >= 0)
        {
            return null;
        }

        var annual = Math.Pow(growth, CalendarDaysPerYear / elapsed.TotalDays) - 1;
        return double.IsFinite(annual) ? annual : null;
    }

    /// <summary>
    /// The largest fall over all days from what each keeps: within a day, or from the highest equity of the days before to the day's lowest.
    /// Where the day's own peak is higher than all before, its own fall is the larger one.
    /// </summary>
    private static double MaxDrawdown(IReadOnlyList<EquityDay> days)
    {
        var peak = 0m;
        var worst = 0.0;
        foreach (var day in days)
        {
            worst = Math.Max(worst, Math.Max(day.MaxDrawdown, peak > 0 && peak > day.Low ? Fall(peak, day.Low) : 0));
            peak = Math.Max(peak, day.Peak);
        }

        return worst;
    }

    private static double? Ratio(List<double> excess, double? deviation) =>
        excess.Count >= 2 && deviation > 0 ? excess.Average() / deviation * Math.Sqrt(DaysPerYear) : null;

    private static double? Deviation(List<double> values)
    {
        if (values.Count < 2)
        {
            return null;
        }

        // Equal values leave a mean beside them by rounding alone: their deviation is 0, not 1e-19.
        var mean = values.Average();
        return values.TrueForAll(value => value == values[0])
            ? 0
            : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    private static double? DownsideDeviation(List<double> excess) =>
        excess.Count == 0 ? null : Math.Sqrt(excess.Average(value => value < 0 ? value * value : 0));
}
