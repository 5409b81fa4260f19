using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Matching;

/// <summary>What a simulated broker takes, apart from money.</summary>
internal static class TicketRules
{
    /// <summary>What is wrong with a ticket by itself, or null.</summary>
    public static string? Malformed(OrderTicket ticket) => ticket switch
    {
        { Action: not (OrderAction.OpenPosition or OrderAction.ClosePosition) } => "the action must be open or close",
        { OpType: not (OrderOpType.Buy or OrderOpType.Sell) } => "the direction must be buy or sell",
        { OrderType: not (OrderType.Market or OrderType.Limit or OrderType.Stop) } => "the type must be market, limit or stop",
        { Qty: <= 0 or > 1_000_000_000_000 } => "the quantity must be above 0",
        { OrderType: not OrderType.Market, Price: null } => "a limit or stop order needs a price",
        { Price: <= 0 or > 1_000_000_000_000 } or { StopPrice: <= 0 } or { LimitPrice: <= 0 } => "prices must be above 0",
        _ => null,
    };

    /// <summary>Why a position cannot be closed by a ticket, or null.</summary>
    /// <param name="ticket">A closing order.</param>
    /// <param name="held">Signed quantity of the position, 0 when flat.</param>
    /// <param name="closing">What market orders that wait are to close of it.</param>
    public static string? Unclosable(OrderTicket ticket, decimal held, decimal closing)
    {
        var signed = ticket.OpType == OrderOpType.Buy ? ticket.Qty : -ticket.Qty;
        if (held == 0 || Math.Sign(held) == Math.Sign(signed))
        {
            return $"no open position in {ticket.Epic} to close in this direction";
        }

        return ticket.Qty > Math.Abs(held) - closing ? $"{ticket.Qty} is more than the open {Math.Abs(held) - closing}" : null;
    }
}
