using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>An order that the simulated broker has taken and not filled.</summary>
/// <param name="DealId">The broker's name of it.</param>
/// <param name="Ticket">The order.</param>
/// <param name="AfterBar">Bars opened when it came: only later ones fill it.</param>
internal sealed record WaitingOrder(string DealId, OrderTicket Ticket, int AfterBar)
{
    public decimal SignedQty => Ticket.OpType == OrderOpType.Buy ? Ticket.Qty : -Ticket.Qty;
}
