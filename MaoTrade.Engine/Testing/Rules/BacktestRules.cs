namespace MaoTrade.Engine.Testing.Rules;

/// <summary>How a test fills, charges and sizes orders; every report states them.</summary>
public sealed record BacktestRules
{
    public FillMoment Fill { get; init; }

    public FeeModel Fee { get; init; } = FeeModel.None;

    /// <summary>Price units by which market and stop fills are worse than the price they were made at.</summary>
    public decimal Slippage { get; init; }

    /// <summary>Distance of bid and ask, price units, where the data has one price only.</summary>
    public decimal Spread { get; init; }

    public QuantitySizing Sizing { get; init; } = QuantitySizing.BySystem;

    public EndRule AtEnd { get; init; }

    /// <summary>Name of the file of price factors; null when prices are as they are.</summary>
    public string? Adjust { get; init; }
}
