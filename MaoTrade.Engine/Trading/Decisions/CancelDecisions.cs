using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// Taking orders back: at once what never left, by the broker what works there. An order on its way, or of unknown outcome,
/// is asked back when it turns out to work. A fill always wins.
/// </summary>
internal static class CancelDecisions
{
    /// <summary>srvId 13.</summary>
    public static ServiceReply Cancel(Turn turn, CancelOrderCommand command)
    {
        if (turn.State.Orders.GetValueOrDefault(command.OrderId) is not { } order)
        {
            return ServiceReply.Failure(ReplyCode.NotFound, $"orderId: there is no order {command.OrderId}");
        }

        if (order.IsEnded)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"orderId: order {order.OrderId} has ended as {order.ExecState}");
        }

        if (order.Action == OrderAction.ModifyPosition && order.ExecState != OrderExecState.JustCreated)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"orderId: order {order.OrderId} changes levels and has left already");
        }

        Want(turn, order, "cancelled by hand");
        return CommandReplies.Ok(new OrderStateReply(turn.State.Orders[order.OrderId]), CommandJson.Default.OrderStateReply);
    }

    /// <summary>Notes the wish, and asks the broker where the order works there.</summary>
    public static void Want(Turn turn, Order order, string note)
    {
        if (order.ExecState == OrderExecState.JustCreated)
        {
            OrderDecisions.End(turn, order, OrderEvent.CancelWanted, 0, note);
        }
        else if (order.CancelAttempt == 0)
        {
            turn.Put(turn.Step(order, OrderEvent.CancelWanted, note) with { CancelAttempt = 1 });
            turn.Log(LogLevel.Information, $"Order {order.OrderId} is wanted back: {note}");
            Ask(turn, turn.State.Orders[order.OrderId]);
        }
    }

    /// <summary>After an acceptance or a reconnect: what is wanted back is asked back.</summary>
    public static void AskBackIfWanted(Turn turn, string orderId)
    {
        if (turn.State.Orders[orderId] is { ExecState: OrderExecState.Accepted, CancelAttempt: > 0 } order)
        {
            AskAgain(turn, order);
        }
    }

    /// <summary>A request that could not leave has waited long enough.</summary>
    public static void Retry(Turn turn, string orderId)
    {
        if (turn.State.Orders.GetValueOrDefault(orderId) is { ExecState: OrderExecState.Accepted })
        {
            turn.Watch.RetryDone(orderId);
            AskBackIfWanted(turn, orderId);
        }
    }

    /// <summary>Cancelled, too late, or nobody knows: then the broker is asked what became of it.</summary>
    public static void Answer(Turn turn, string orderId, int attempt, OrderAnswer answer)
    {
        if (turn.State.Orders.GetValueOrDefault(orderId) is not { IsEnded: false } order)
        {
            return;
        }

        switch (answer.Kind)
        {
            case OrderAnswerKind.Accepted:
                OrderDecisions.End(turn, order, OrderEvent.Cancelled, 0, "cancelled on request");
                break;
            case OrderAnswerKind.Rejected when attempt == order.CancelAttempt:
                turn.Put(turn.Step(order, OrderEvent.CancelRefused, $"not cancelled: {answer.Message}") with { CancelAttempt = 0 });
                turn.Log(LogLevel.Warning, $"Order {order.OrderId} is not cancelled: {answer.Message}");
                ProofDecisions.Prove(turn, turn.State.Orders[orderId], TimeSpan.Zero);
                break;
            case OrderAnswerKind.NotSent when attempt == order.CancelAttempt:
                turn.Watch.RetryLater(orderId);
                break;
            case OrderAnswerKind.Unknown when attempt == order.CancelAttempt:
                turn.Log(LogLevel.Warning, $"Order {order.OrderId}: nobody knows whether it is cancelled ({answer.Message}); asking the broker");
                ProofDecisions.Prove(turn, order, TimeSpan.Zero);
                break;
        }
    }

    /// <summary>What a look-up says of an accepted order. Asking back twice does no harm, so it is simply asked again.</summary>
    public static void Weigh(Turn turn, Order order, LookUpAnswer lookUp)
    {
        switch (lookUp.Kind)
        {
            case LookUpKind.Rejected or LookUpKind.Cancelled:
                OrderDecisions.End(turn, order, lookUp);
                break;
            case LookUpKind.Open when order.CancelAttempt > 0:
                AskAgain(turn, order);
                break;
            case LookUpKind.NoAnswer or LookUpKind.Absent or LookUpKind.Filled when order.CancelAttempt > 0:
                ProofDecisions.Prove(turn, order, turn.Watch.NextProofDelay(order.OrderId));
                break;
        }
    }

    private static void AskAgain(Turn turn, Order order)
    {
        turn.Put(order with { CancelAttempt = order.CancelAttempt + 1 });
        Ask(turn, turn.State.Orders[order.OrderId]);
    }

    private static void Ask(Turn turn, Order order)
    {
        if (order.ExecState == OrderExecState.Accepted && turn.MaySend)
        {
            turn.Effects.Add(new CancelEffect(order.OrderId, order.CancelAttempt, order.DealReference));
        }
    }
}
