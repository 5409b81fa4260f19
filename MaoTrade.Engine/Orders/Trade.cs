namespace MaoTrade.Engine.Orders;

/// <summary>A closed quantity: each fill that closes some of a position ends a trade. On the wire in this shape (contract: Trade).</summary>
/// <param name="TradeId">Identity of the closing fill.</param>
/// <param name="OrderId">The order that closed.</param>
/// <param name="Epic">Instrument.</param>
/// <param name="System">Trading system of that order; empty when it had none.</param>
/// <param name="SignalId">Signal of that order.</param>
/// <param name="EntryFrame">Market time the position was opened, Unix seconds.</param>
/// <param name="ExitFrame">Frame of the closing fill, Unix seconds.</param>
/// <param name="OpType">Buy for a long trade, sell for a short one.</param>
/// <param name="Qty">Quantity closed.</param>
/// <param name="EntryPrice">Average price of the position.</param>
/// <param name="ExitPrice">Price of the closing fill.</param>
/// <param name="Fees">0: brokers charge the account, not the fill.</param>
/// <param name="Pnl">What the broker says was realised; without it, price difference times quantity.</param>
/// <param name="At">Market time of the closing fill.</param>
public sealed record Trade(
    string TradeId, string? OrderId, string Epic, string System, string? SignalId, long EntryFrame, long ExitFrame, OrderOpType OpType,
    decimal Qty, decimal EntryPrice, decimal ExitPrice, decimal Fees, decimal Pnl, DateTimeOffset At)
{
    /// <summary>The trade that a fill ended, or null where it closed nothing.</summary>
    public static Trade? Of(Fill fill, Order? order)
    {
        if (fill.Closing is not { } closing)
        {
            return null;
        }

        var isLong = fill.OpType == OrderOpType.Sell;
        var difference = isLong ? fill.Price - closing.EntryPrice : closing.EntryPrice - fill.Price;
        return new Trade(
            fill.FillId, order?.OrderId, fill.Epic, order?.System ?? "", order?.SignalId, closing.EntryUnixSeconds, fill.FrameUnixSeconds,
            isLong ? OrderOpType.Buy : OrderOpType.Sell, closing.Qty, closing.EntryPrice, fill.Price, 0, fill.Pnl ?? (difference * closing.Qty), fill.At);
    }
}
