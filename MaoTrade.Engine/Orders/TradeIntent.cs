using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Orders;

/// <summary>What a system or a person wants done, before it is an order.</summary>
/// <param name="Epic">Instrument.</param>
/// <param name="Action">Open or close.</param>
/// <param name="OpType">Buy or sell.</param>
/// <param name="Qty">Positive quantity.</param>
/// <param name="StopPrice">Protective stop of the position that results.</param>
/// <param name="LimitPrice">Take profit of the position that results.</param>
public sealed record TradeIntent(
    string Epic, OrderAction Action, OrderOpType OpType, decimal Qty, decimal? StopPrice = null, decimal? LimitPrice = null)
{
    /// <summary>Market unless a person asked for another type.</summary>
    public OrderType OrderType { get; init; }

    /// <summary>Level of a limit or stop order.</summary>
    public decimal? Price { get; init; }

    /// <summary>What a model said; null where none was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderEvidence? Evidence { get; init; }
}
