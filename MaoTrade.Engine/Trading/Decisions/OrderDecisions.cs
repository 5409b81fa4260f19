using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>An order's way to the broker and what is believed of it when no answer comes (domain: Sending).</summary>
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
        if (turn.Watch.IsExpired(order))
        {
            End(turn, order, OrderEvent.Expired, 0, "submit time expired");
        }
        else if (turn.MaySend)
        {
            var leaving = order.After(OrderEvent.Dispatched, turn.Now) with { Attempt = order.Attempt + 1 };
            turn.Put(leaving);
            turn.Effects.Add(new SendEffect(orderId, leaving.Attempt, leaving.ToTicket()));
        }
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
                turn.Put(order.After(OrderEvent.NotSent, turn.Now, answer.Message));
                turn.Watch.RetryLater(orderId);
                break;
            case OrderAnswerKind.Unknown when attempt == order.Attempt:
                LoseAnswer(turn, order, answer.Message);
                break;
        }
    }

    /// <summary>Nobody knows what became of the order: it stays unknown until there is proof.</summary>
    public static void LoseAnswer(Turn turn, Order order, string message)
    {
        var unknown = order.After(OrderEvent.AnswerLost, turn.Now, message);
        if (!ReferenceEquals(unknown, order))
        {
            turn.Put(unknown);
            turn.Log(LogLevel.Warning, $"Order {order.OrderId}: outcome unknown ({message}); asking the broker");
            Prove(turn, unknown, TimeSpan.Zero);
        }
    }

    /// <summary>Weighs the witnesses about an unknown order.</summary>
    public static void Weigh(Turn turn, string orderId, OrderProof proof)
    {
        turn.Watch.EndProof(orderId);
        if (proof.Fills is { } page)
        {
            FillDecisions.TakeAll(turn, page.Fills);
        }

        if (turn.State.Orders.GetValueOrDefault(orderId) is not { ExecState: OrderExecState.Unknown } order)
        {
            return;
        }

        Settle(turn, order, proof.LookUp, () => IsAbsenceProven(turn, order, proof));
        if (turn.State.Orders[orderId].ExecState == OrderExecState.Unknown)
        {
            Prove(turn, order, turn.Watch.NextProofDelay(orderId));
        }
    }

    /// <summary>Applies a look-up to an unknown order; absence only when it is proven.</summary>
    public static void Settle(Turn turn, Order order, LookUpAnswer lookUp, Func<bool> isAbsenceProven)
    {
        switch (lookUp.Kind)
        {
            case LookUpKind.Open:
                Accept(turn, order, lookUp.DealId);
                break;
            case LookUpKind.Rejected:
                End(turn, order, OrderEvent.Refused, lookUp.ErrorCode, lookUp.Message);
                break;
            case LookUpKind.Cancelled:
                End(turn, order, OrderEvent.Cancelled, 0, lookUp.Message);
                break;
            case LookUpKind.Absent when isAbsenceProven():
                var intent = order.After(OrderEvent.ProvenAbsent, turn.Now, "the broker never had it");
                turn.Put(intent);
                turn.Log(LogLevel.Warning, $"Order {order.OrderId}: proven absent at the broker, to be sent again under the same reference");
                turn.Effects.Add(new DispatchEffect(order.OrderId));
                break;
        }
    }

    public static void Accept(Turn turn, Order order, string? dealId)
    {
        var accepted = order.After(OrderEvent.Accepted, turn.Now);
        if (!ReferenceEquals(accepted, order))
        {
            accepted = accepted with { DealId = dealId ?? order.DealId };
            turn.Put(accepted);
            SystemCalls.Tell(turn, accepted, system => system.OnOrderAccepted(accepted));
        }
        else if (order.DealId is null && dealId is not null)
        {
            turn.Put(order with { DealId = dealId });
        }
    }

    /// <summary>Ends an order that did not fill; an order of a system puts the system in error, unless it was cancelled.</summary>
    public static void End(Turn turn, Order order, OrderEvent @event, int errorCode, string message)
    {
        var ended = order.After(@event, turn.Now, message);
        if (ReferenceEquals(ended, order))
        {
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
            SystemCalls.Tell(turn, ended, system => system.OnOrderError(ended));
            if (ended.AuthorType != OrderAuthorType.User && ended.SignalId is { } id && turn.State.Signals.TryGetValue(id, out var signal))
            {
                SystemCalls.Fail(turn, signal, $"order {order.OrderId} failed: {message}");
            }
        }
    }

    /// <summary>Asks the broker about an unknown order; not before its look-up lag can have passed.</summary>
    public static void Prove(Turn turn, Order order, TimeSpan delay)
    {
        if (turn.State.BrokerConnected && turn.Watch.BeginProof(order.OrderId))
        {
            var lag = LookUpLag(turn) - turn.Watch.UnknownFor(order.OrderId);
            turn.Effects.Add(new ProveEffect(
                order.OrderId, order.DealReference, turn.State.FillCursor, delay > lag || lag < TimeSpan.Zero ? delay : lag));
        }
    }

    /// <summary>After the look-up lag: the look-up does not know it, no fill names it, the position is as we count it.</summary>
    private static bool IsAbsenceProven(Turn turn, Order order, OrderProof proof) =>
        proof is { Fills: { } fills, Portfolio: { } portfolio }
        && turn.Watch.UnknownFor(order.OrderId) >= LookUpLag(turn)
        && fills.Fills.All(f => f.DealReference != order.DealReference)
        && PositionAgrees(turn, order.Epic, portfolio);

    private static TimeSpan LookUpLag(Turn turn) => turn.State.Capabilities?.LookUpLag ?? TimeSpan.MaxValue;

    private static bool PositionAgrees(Turn turn, string epic, BrokerPortfolio portfolio) =>
        (portfolio.Positions.FirstOrDefault(p => p.Epic == epic)?.Qty ?? 0) == (turn.State.Positions.GetValueOrDefault(epic)?.Qty ?? 0);
}
