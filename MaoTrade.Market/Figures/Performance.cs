namespace MaoTrade.Market.Figures;

/// <summary>
/// Performance figures from an equity curve and closed trades. A day is a UTC day with at least one point and counts with
/// its last one; its return r is against the day before, the first day's against the start equity; excess
/// e = r − <see cref="RiskFreePerYear"/> / <see cref="DaysPerYear"/>. Sharpe and Sortino as Sharpe (1994) and Sortino and
/// Price (1994) give them, annualised by √252; annual return as compound growth over calendar time.
/// </summary>
public static class Performance
{
    /// <summary>Risk-free rate, a year.</summary>
    public const double RiskFreePerYear = 0.02;

    /// <summary>Trading days of a year.</summary>
    public const double DaysPerYear = 252;

    private const double SecondsPerDay = 86_400;
    private const double SecondsPerYear = 365 * SecondsPerDay;

    /// <summary>The figures of a period.</summary>
    /// <param name="startEquity">Equity before the first point; above 0.</param>
    /// <param name="equity">The curve in the order of time; may be empty.</param>
    /// <param name="trades">Trades closed in the period.</param>
    /// <param name="exposure">Part of the points at which a position was open.</param>
    public static PerformanceFigures Of(
        decimal startEquity, IReadOnlyList<EquityPoint> equity, IReadOnlyList<TradeOutcome> trades, double exposure)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(startEquity);
        var wins = trades.Where(trade => trade.Pnl > 0).ToArray();
        var losses = trades.Where(trade => trade.Pnl < 0).ToArray();
        var growth = equity.Count == 0 ? 1 : (double)(equity[^1].Value / startEquity);
        var annual = Annual(equity, growth);
        var drawdown = MaxDrawdown(startEquity, equity);
        var returns = DailyReturns(startEquity, equity);
        var excess = returns.ConvertAll(r => r - (RiskFreePerYear / DaysPerYear));
        return new PerformanceFigures
        {
            Trades = trades.Count,
            Wins = wins.Length,
            Losses = losses.Length,
            WinRate = trades.Count == 0 ? 0 : (double)wins.Length / trades.Count,
            ProfitFactor = losses.Length == 0 ? null : (double)(wins.Sum(t => t.Pnl) / -losses.Sum(t => t.Pnl)),
            TotalProfit = trades.Sum(trade => trade.Pnl),
            TotalFees = trades.Sum(trade => trade.Fees),
            TotalReturn = growth - 1,
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
    public static List<double> DailyReturns(decimal startEquity, IReadOnlyList<EquityPoint> equity)
    {
        var returns = new List<double>();
        var before = startEquity;
        for (var i = 0; i < equity.Count && before > 0; i++)
        {
            if (i + 1 == equity.Count || Day(equity[i + 1]) != Day(equity[i]))
            {
                returns.Add((double)(equity[i].Value / before) - 1);
                before = equity[i].Value;
            }
        }

        return returns;
    }

    private static long Day(EquityPoint point) => (long)Math.Floor(point.UnixSeconds / SecondsPerDay);

    private static double? Annual(IReadOnlyList<EquityPoint> equity, double growth)
    {
        var seconds = equity.Count == 0 ? 0 : equity[^1].UnixSeconds - equity[0].UnixSeconds;
        if (seconds < SecondsPerDay || growth < 0)
        {
            return null;
        }

        var annual = Math.Pow(growth, SecondsPerYear / seconds) - 1;
        return double.IsFinite(annual) ? annual : null;
    }

    private static double MaxDrawdown(decimal startEquity, IReadOnlyList<EquityPoint> equity)
    {
        // Below one peak the lowest point is the worst.
        var peak = startEquity;
        var low = startEquity;
        var worst = 0m;
        for (var i = 0; i < equity.Count; i++)
        {
            var value = equity[i].Value;
            if (value > peak)
            {
                worst = Math.Max(worst, (peak - low) / peak);
                peak = value;
                low = value;
            }
            else if (value < low)
            {
                low = value;
            }
        }

        return (double)Math.Max(worst, (peak - low) / peak);
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
