using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Systems;

/// <summary>What a system answers to a frame.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Quantity">Positive quantity; for Flat 0 = everything, else the quantity that stays open.</param>
/// <param name="StopPrice">Protective stop, or null.</param>
/// <param name="LimitPrice">Take profit, or null.</param>
public readonly record struct SystemDecision(
    SystemAction Action, decimal Quantity = 0, decimal? StopPrice = null, decimal? LimitPrice = null)
{
    /// <summary>What a model said, kept with the order; null where none was asked.</summary>
    public OrderEvidence? Evidence { get; init; }

    public static SystemDecision None => default;

    public static SystemDecision Buy(decimal quantity, decimal? stopPrice = null, decimal? limitPrice = null) =>
        new(SystemAction.Buy, quantity, stopPrice, limitPrice);

    public static SystemDecision Sell(decimal quantity, decimal? stopPrice = null, decimal? limitPrice = null) =>
        new(SystemAction.Sell, quantity, stopPrice, limitPrice);

    public static SystemDecision Flat(decimal remaining = 0) => new(SystemAction.Flat, remaining);
}
