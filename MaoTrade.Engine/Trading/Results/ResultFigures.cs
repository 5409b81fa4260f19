namespace MaoTrade.Engine.Trading.Results;

/// <summary>Figures of a result; on the wire in this shape. Ratios, not per cents; null where a figure is not defined or not known.</summary>
public sealed record ResultFigures
{
    public required int Trades { get; init; }

    public required int Wins { get; init; }

    public required int Losses { get; init; }

    public required double WinRate { get; init; }

    public required double? ProfitFactor { get; init; }

    public required decimal TotalProfit { get; init; }

    public required decimal? TotalFees { get; init; }

    public required double? TotalReturn { get; init; }

    public required double? AnnualReturn { get; init; }

    public required double? Volatility { get; init; }

    public required double? Sharpe { get; init; }

    public required double? Sortino { get; init; }

    public required double? MaxDrawdown { get; init; }

    public required double? Calmar { get; init; }

    public required double? Exposure { get; init; }
}
