using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// srvId 14: where the broker gives no proof, an operator decides what became of an unknown order; who and why is kept
/// among the order's changes. Fills of the broker that come later confirm a declared quantity instead of adding to it.
/// </summary>
internal static class ResolveCommands
{
    private const int MostCharacters = 200;

    public static ServiceReply Resolve(Turn turn, ResolveOrderCommand command)
    {
        if (Fault(command) is { } fault)
        {
            return fault;
        }

        if (turn.State.Orders.GetValueOrDefault(command.OrderId) is not { } order)
        {
            return ServiceReply.Failure(ReplyCode.NotFound, $"orderId: there is no order {command.OrderId}");
        }

        if (order.ExecState != OrderExecState.Unknown && !turn.Tools.Missing.Contains(order.OrderId))
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"orderId: order {order.OrderId} is {order.ExecState}; only an order of unknown outcome can be resolved");
        }

        var open = order.Qty - order.Filled;
        if (command.Qty > open)
        {
            return CommandReplies.Malformed("qty", $"at most the open {open}");
        }

        if (command is { Outcome: "filled", Price: null } && order.Action != OrderAction.ModifyPosition)
        {
            return CommandReplies.Malformed("price", "the price of the fill");
        }

        var note = $"resolved as {command.Outcome} by {command.By}: {command.Reason}";
        turn.Log(LogLevel.Warning, $"Order {order.OrderId} {note}");
        turn.Tools.Missing.Remove(order.OrderId);
        switch (command.Outcome)
        {
            case "filled" when order.Action == OrderAction.ModifyPosition:
                turn.Put(order with { Changes = order.Changes.Add(new OrderChange(turn.Now, order.ExecState, order.DealStatus, note)) });
                LevelCommands.Apply(turn, turn.State.Orders[order.OrderId], null);
                break;
            case "filled":
                Fill(turn, order, command.Qty ?? open, command.Price!.Value, note);
                break;
            case "rejected":
                OrderDecisions.End(turn, order, OrderEvent.Refused, 0, note);
                break;
            case "cancelled":
                OrderDecisions.End(turn, order, OrderEvent.Cancelled, 0, note);
                break;
            case "absent" when order.ExecState == OrderExecState.Unknown:
                ProofDecisions.SendAgain(turn, order, note);
                break;
            default:
                OrderDecisions.End(turn, order, OrderEvent.Cancelled, 0, note);
                break;
        }

        SurveyDecisions.Ask(turn, TimeSpan.Zero);
        return CommandReplies.Ok(new OrderStateReply(turn.State.Orders[order.OrderId]), CommandJson.Default.OrderStateReply);
    }

    /// <summary>A declared part ends the order too: the operator says what became of it, not what is still to come.</summary>
    private static void Fill(Turn turn, Order order, decimal qty, decimal price, string note)
    {
        var fill = new Fill(
            $"resolved-{order.OrderId}", order.DealReference, order.DealId ?? "", order.Epic, order.Action, order.OpType, order.OrderType,
            qty, price, null, turn.State.Frame, turn.State.MarketTime);
        FillDecisions.Take(turn, fill, note);
        var filled = turn.State.Orders[order.OrderId];
        turn.Put(filled with { AssumedQty = qty });
        if (!filled.IsEnded)
        {
            OrderDecisions.End(turn, turn.State.Orders[order.OrderId], OrderEvent.Cancelled, 0, "the rest, by the same decision");
        }
    }

    private static ServiceReply? Fault(ResolveOrderCommand command)
    {
        if (command.Outcome is not ("filled" or "rejected" or "cancelled" or "absent"))
        {
            return CommandReplies.Malformed("outcome", "filled, rejected, cancelled or absent");
        }

        foreach (var (field, text) in new[] { ("reason", command.Reason), ("by", command.By) })
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > MostCharacters)
            {
                return CommandReplies.Malformed(field, $"1 to {MostCharacters} characters");
            }
        }

        if (command.Outcome != "filled" && (command.Qty is not null || command.Price is not null))
        {
            return CommandReplies.Malformed(command.Qty is not null ? "qty" : "price", "only with the outcome filled");
        }

        return command.Qty <= 0 ? CommandReplies.Malformed("qty", "a number above 0")
            : command.Price <= 0 ? CommandReplies.Malformed("price", "a price above 0")
            : null;
    }
}
