using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Commands;

namespace MaoTrade.Engine.Trading.Inputs;

/// <summary>A command of a client.</summary>
/// <param name="Ticket">Who waits for the answer.</param>
/// <param name="Command">What is wanted.</param>
public sealed record CommandInput(CommandTicket Ticket, TradeCommand Command) : TradeInput
{
    /// <summary>An older order with the command's client order id that is no longer in memory.</summary>
    public Order? Earlier { get; init; }
}
