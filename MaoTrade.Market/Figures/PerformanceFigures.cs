namespace MaoTrade.Market.Figures;

/// <summary>
/// How a system or an account did; on the wire in this shape. Ratios, not per cents; null where a figure is not defined or not known.
/// Formulas: <see cref="Performance"/>, docs/figures.md.
/// </summary>
public sealed record PerformanceFigures
{
    /// <summary>Closed trades.</summary>
    public required int Trades { get; init; }

    /// <summary>Closed trades with a profit above 0.</summary>
    public required int Wins { get; init; }

    /// <summary>Closed trades with a profit below 0.</summary>
    public required int Losses { get; init; }

    /// <summary>wins / trades; 0 without trades.</summary>
    public required double WinRate { get; init; }

    /// <summary>Sum of the profits / sum of the losses; null without losses.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>Sum of the profits and losses of closed trades: after fees in a system test, as the broker tells them of a live account.</summary>
    public required decimal TotalProfit { get; init; }

    /// <summary>Fees of closed trades; null where those of one of them are not known.</summary>
    public required decimal? TotalFees { get; init; }

    /// <summary>last equity / start equity − 1; null without a start equity above 0.</summary>
    public required double? TotalReturn { get; init; }

    /// <summary>(last equity / start equity)^(1 / years) − 1, a year of 365 days; null within the first day and below 0.</summary>
    public required double? AnnualReturn { get; init; }

    /// <summary>Sample deviation of the daily returns · √252; null with fewer than two days.</summary>
    public required double? Volatility { get; init; }

    /// <summary>mean(e) / sample deviation(e) · √252 of the daily excess returns e; null where the deviation is 0 or none.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>mean(e) / √mean(min(e, 0)²) · √252; null with fewer than two days or without a day below the risk-free rate.</summary>
    public required double? Sortino { get; init; }

    /// <summary>Largest fall from the highest equity so far, as a part of it; 0 when there was none; null as the return.</summary>
    public required double? MaxDrawdown { get; init; }

    /// <summary>annual return / largest drawdown; null where either is missing or 0.</summary>
    public required double? Calmar { get; init; }

    /// <summary>Part of the bars at whose close a position was open, of a live account part of the time; null where it is not known.</summary>
    public required double? Exposure { get; init; }
}
