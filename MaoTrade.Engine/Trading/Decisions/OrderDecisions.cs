using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>An order's way to the broker: its dispatch, its answers, its end (domain: Sending).</summary>
public static class OrderDecisions
{
    /// <summary>Marks a stored intent as leaving; its bytes go out after this commit.</summary>
    public static void Dispatch(Turn turn, string orderId)
    {
        if (turn.State.Orders.GetValueOrDefault(orderId) is not { ExecState: OrderExecState.JustCreated } order)
        {
            return;
        }

        turn.Watch.RetryDone(orderId);
        if (turn.State.Blocked && order.Action != OrderAction.ClosePosition)
        {
            End(turn, order, OrderEvent.Withdrawn, 0, $"the account is blocked: {turn.State.BlockReason}");
        }
        else if (order.CancelAttempt > 0)
        {
            End(turn, order, OrderEvent.Withdrawn, 0, "cancelled before it left");
        }
        else if (turn.Watch.IsExpired(order))
        {
            End(turn, order, OrderEvent.Expired, 0, "submit time expired");
        }
        else if (turn.MaySend)
        {
            var leaving = turn.Step(order, OrderEvent.Dispatched) with { Attempt = order.Attempt + 1 };
            turn.Put(leaving);
            turn.Effects.Add(new SendEffect(orderId, leaving.Attempt, leaving.ToTicket()));
        }
    }

    /// <summary>A transient failure has waited long enough.</summary>
    public static void Retry(Turn turn, string orderId)
    {
        Dispatch(turn, orderId);
        CancelDecisions.Retry(turn, orderId);
    }

    /// <summary>Takes the answer to an attempt, or that there was none.</summary>
    public static void Answer(Turn turn, string orderId, int attempt, OrderAnswer answer)
    {
        if (turn.State.Orders.GetValueOrDefault(orderId) is not { } order)
        {
            return;
        }

        switch (answer.Kind)
        {
            case OrderAnswerKind.Accepted:
                Accept(turn, order, answer.DealId);
                break;
            case OrderAnswerKind.Rejected:
                End(turn, order, OrderEvent.Refused, answer.ErrorCode, answer.Message);
                break;
            case OrderAnswerKind.NotSent when attempt == order.Attempt && order.ExecState == OrderExecState.Submitted:
                KeepBack(turn, order, answer.Message);
                break;
            case OrderAnswerKind.Unknown when attempt == order.Attempt:
                ProofDecisions.LoseAnswer(turn, order, answer.Message);
                break;
        }
    }

    /// <summary>The broker took it. Levels stand with that; an order that is wanted back is asked back now.</summary>
    public static void Accept(Turn turn, Order order, string? dealId)
    {
        if (order.Action == OrderAction.ModifyPosition)
        {
            LevelCommands.Apply(turn, order, dealId);
            return;
        }

        var accepted = turn.Step(order, OrderEvent.Accepted);
        if (!ReferenceEquals(accepted, order))
        {
            accepted = accepted with { DealId = dealId ?? order.DealId };
            turn.Put(accepted);
            SystemCalls.Tell(turn, accepted, system => system.OnOrderAccepted(accepted));
            CancelDecisions.AskBackIfWanted(turn, accepted.OrderId);
            KillSwitch.Enforce(turn);
        }
        else if (order.DealId is null && dealId is not null)
        {
            turn.Put(order with { DealId = dealId });
        }
    }

    /// <summary>Ends an order that a look-up found refused or cancelled.</summary>
    public static void End(Turn turn, Order order, LookUpAnswer lookUp)
    {
        if (lookUp.Kind == LookUpKind.Rejected)
        {
            End(turn, order, OrderEvent.Refused, lookUp.ErrorCode, lookUp.Message);
        }
        else
        {
            End(turn, order, OrderEvent.Cancelled, 0, lookUp.Message);
        }
    }

    /// <summary>Ends an order that did not fill; an order of a system puts the system in error, unless it was cancelled.</summary>
    public static void End(Turn turn, Order order, OrderEvent @event, int errorCode, string message)
    {
        var ended = turn.Step(order, @event, message);
        if (ReferenceEquals(ended, order))
        {
            if (OrderTransitions.Decide(order.ExecState, @event).Kind == OrderVerdictKind.Clash)
            {
                turn.Log(LogLevel.Critical, $"Order {order.OrderId} is {order.ExecState}, and the broker says {@event}: {message}");
            }

            return;
        }

        if (ended.ExecState == OrderExecState.Error)
        {
            ended = ended with { ErrorCode = errorCode, ErrorMessage = message };
        }

        turn.Put(ended);
        turn.Log(LogLevel.Warning, $"Order {order.OrderId} ended as {ended.ExecState}: {message}");
        if (ended.ExecState == OrderExecState.Error)
        {
            Reports.OrderFailed(turn, ended, message);
            SystemCalls.Tell(turn, ended, system => system.OnOrderError(ended));
            if (ended.AuthorType != OrderAuthorType.User && ended.SignalId is { } id && turn.State.Signals.TryGetValue(id, out var signal))
            {
                SystemCalls.Fail(turn, signal, $"order {order.OrderId} failed: {message}");
            }
        }

        KillSwitch.Enforce(turn);
    }

    private static void KeepBack(Turn turn, Order order, string message)
    {
        turn.Put(turn.Step(order, OrderEvent.NotSent, message));
        if (order.CancelAttempt > 0 || turn.State.Blocked)
        {
            Dispatch(turn, order.OrderId);
        }
        else
        {
            turn.Watch.RetryLater(order.OrderId);
        }
    }
}
