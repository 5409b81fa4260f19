namespace MaoTrade.Engine.Orders;

/// <summary>A whole or partial execution at the broker.</summary>
/// <param name="FillId">The broker's identity of the execution: the same fill always has the same id.</param>
/// <param name="DealReference">Ours, or the broker's own for orders it made itself.</param>
/// <param name="DealId">The broker's identity of the deal.</param>
/// <param name="Epic">Instrument.</param>
/// <param name="Action">Open or close.</param>
/// <param name="OpType">Buy or sell.</param>
/// <param name="OrderType">Market, limit or stop: for a close by the broker, what triggered it.</param>
/// <param name="Qty">Positive quantity of this fill.</param>
/// <param name="Price">Price of this fill.</param>
/// <param name="Pnl">Profit realised by it in the account's currency; null for opening fills.</param>
/// <param name="FrameUnixSeconds">The frame it happened in.</param>
/// <param name="At">Market time.</param>
public sealed record Fill(
    string FillId, string DealReference, string DealId, string Epic, OrderAction Action, OrderOpType OpType,
    OrderType OrderType, decimal Qty, decimal Price, decimal? Pnl, long FrameUnixSeconds, DateTimeOffset At)
{
    /// <summary>By how much it moved the position, signed; less than its quantity where an operator had declared it before.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public decimal? Moved { get; init; }

    /// <summary>What it closed of a position; null where it closed nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Closing? Closing { get; init; }

    /// <summary>Signed quantity: negative = sold.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public decimal SignedQty => OpType == OrderOpType.Buy ? Qty : -Qty;
}
