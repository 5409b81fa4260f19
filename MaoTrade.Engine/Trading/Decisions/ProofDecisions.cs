using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>What is believed of an order when no answer came: nothing, until the broker proves it.</summary>
public static class ProofDecisions
{
    /// <summary>Nobody knows what became of the order: it stays unknown until there is proof.</summary>
    public static void LoseAnswer(Turn turn, Order order, string message)
    {
        var unknown = turn.Step(order, OrderEvent.AnswerLost, message);
        if (!ReferenceEquals(unknown, order))
        {
            turn.Put(unknown);
            turn.Log(LogLevel.Warning, $"Order {order.OrderId}: outcome unknown ({message}); asking the broker");
            Prove(turn, unknown, TimeSpan.Zero);
        }
    }

    /// <summary>Weighs the witnesses about an order that is unknown, or whose cancelling is.</summary>
    public static void Weigh(Turn turn, string orderId, OrderProof proof)
    {
        turn.Watch.EndProof(orderId);
        if (proof.Fills is { } page)
        {
            FillDecisions.TakeAll(turn, page.Fills);
        }

        switch (turn.State.Orders.GetValueOrDefault(orderId))
        {
            case { ExecState: OrderExecState.Unknown } order:
                Settle(turn, order, proof.LookUp, () => IsAbsenceProven(turn, order, proof));
                if (turn.State.Orders[orderId].ExecState == OrderExecState.Unknown)
                {
                    LevelCommands.ApplyIfShown(turn, order, proof.Portfolio);
                }

                if (turn.State.Orders[orderId].ExecState == OrderExecState.Unknown)
                {
                    Prove(turn, order, turn.Watch.NextProofDelay(orderId));
                }

                break;
            case { ExecState: OrderExecState.Accepted } order:
                CancelDecisions.Weigh(turn, order, proof.LookUp);
                break;
        }
    }

    /// <summary>Applies a look-up to an unknown order; absence only when it is proven.</summary>
    public static void Settle(Turn turn, Order order, LookUpAnswer lookUp, Func<bool> isAbsenceProven)
    {
        switch (lookUp.Kind)
        {
            case LookUpKind.Filled when order.Action == OrderAction.ModifyPosition:
                LevelCommands.Apply(turn, order, lookUp.DealId);
                break;
            case LookUpKind.Open when order.Action != OrderAction.ModifyPosition:
                OrderDecisions.Accept(turn, order, lookUp.DealId);
                break;
            case LookUpKind.Rejected or LookUpKind.Cancelled:
                OrderDecisions.End(turn, order, lookUp);
                break;
            case LookUpKind.Absent when isAbsenceProven():
                SendAgain(turn, order, "the broker never had it");
                break;
        }
    }

    /// <summary>It never reached the broker: sent again under the same reference until the submit deadline.</summary>
    public static void SendAgain(Turn turn, Order order, string note)
    {
        turn.Put(turn.Step(order, OrderEvent.ProvenAbsent, note));
        turn.Log(LogLevel.Warning, $"Order {order.OrderId}: proven absent at the broker ({note}), to be sent again under the same reference");
        turn.Effects.Add(new DispatchEffect(order.OrderId));
    }

    /// <summary>Asks the broker about an order; about an unknown one not before its look-up lag can have passed.</summary>
    public static void Prove(Turn turn, Order order, TimeSpan delay)
    {
        if (turn.State.BrokerConnected && turn.Watch.BeginProof(order.OrderId))
        {
            var lag = LookUpLag(turn) - turn.Watch.UnknownFor(order.OrderId);
            var first = delay > lag || lag < TimeSpan.Zero ? delay : lag;
            turn.Effects.Add(new ProveEffect(
                order.OrderId, order.DealReference, turn.State.FillCursor, order.ExecState == OrderExecState.Unknown ? first : delay));
        }
    }

    public static TimeSpan LookUpLag(Turn turn) => turn.State.Capabilities?.LookUpLag ?? TimeSpan.MaxValue;

    /// <summary>After the look-up lag: the look-up does not know it, no fill names it, the position is as we count it.</summary>
    private static bool IsAbsenceProven(Turn turn, Order order, OrderProof proof) =>
        proof is { Fills: { } fills, Portfolio: { } portfolio }
        && turn.Watch.UnknownFor(order.OrderId) >= LookUpLag(turn)
        && fills.Fills.All(f => f.DealReference != order.DealReference)
        && PositionAgrees(turn, order, portfolio);

    private static bool PositionAgrees(Turn turn, Order order, BrokerPortfolio portfolio)
    {
        var theirs = portfolio.Positions.FirstOrDefault(p => p.Epic == order.Epic);
        var ours = turn.State.Positions.GetValueOrDefault(order.Epic);
        return (theirs?.Qty ?? 0) == (ours?.Qty ?? 0)
            && (order.Action != OrderAction.ModifyPosition || (theirs?.StopPrice == ours?.StopPrice && theirs?.LimitPrice == ours?.LimitPrice));
    }
}
