using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>What an execution does to its order, its position and its system.</summary>
public static class FillDecisions
{
    public static void TakeAll(Turn turn, IEnumerable<Fill> fills)
    {
        foreach (var fill in fills)
        {
            Take(turn, fill);
        }
    }

    /// <summary>Applies a fill once, however often and by whatever way it is told.</summary>
    public static void Take(Turn turn, Fill fill)
    {
        if (turn.State.HasFill(fill.FillId))
        {
            return;
        }

        turn.State = turn.State with { FillIds = turn.State.FillIds.Add(fill.FillId) };
        turn.Changes.Fills.Add(fill);
        var order = turn.State.OrderByReference(fill.DealReference) ?? Adopt(turn, fill);
        var filled = order.Filled + fill.Qty;
        var @event = filled >= order.Qty ? OrderEvent.Filled : OrderEvent.PartFilled;
        if (OrderTransitions.Decide(order.ExecState, @event).Kind == OrderVerdictKind.Clash)
        {
            turn.Log(LogLevel.Critical, $"Order {order.OrderId} was {order.ExecState} and is filled again by {fill.Qty} at {fill.Price} ({fill.FillId})");
        }

        var after = order.After(@event, turn.Now, $"{fill.Qty} at {fill.Price}") with
        {
            DealId = fill.DealId,
            Filled = filled,
            AvgFillPrice = (((order.AvgFillPrice ?? 0) * order.Filled) + (fill.Price * fill.Qty)) / filled,
            Pnl = fill.Pnl is { } pnl ? (order.Pnl ?? 0) + pnl : order.Pnl,
            Modified = turn.Now,
        };
        turn.Put(after);
        turn.Put(fill.Epic, Positions.After(turn.State.Positions.GetValueOrDefault(fill.Epic), fill, after));
        turn.Log(LogLevel.Information, $"Order {after.OrderId} {fill.OpType} {fill.Epic}: {fill.Qty} filled at {fill.Price} in frame {fill.FrameUnixSeconds}");
        if (after.ExecState == OrderExecState.Filled && order.ExecState != OrderExecState.Filled)
        {
            Complete(turn, after);
        }
    }

    /// <summary>An order the broker or a person there made: a stop of ours that was hit, or a deal by hand.</summary>
    private static Order Adopt(Turn turn, Fill fill)
    {
        var position = turn.State.Positions.GetValueOrDefault(fill.Epic);
        var isProtection = fill.OrderType != OrderType.Market && fill.Action == OrderAction.ClosePosition && position is not null;
        var order = new Order
        {
            OrderId = turn.References.Next(),
            DealReference = fill.DealReference,
            DealId = fill.DealId,
            SignalId = isProtection ? position!.SignalId : null,
            System = isProtection ? position!.System : "",
            Epic = fill.Epic,
            Action = fill.Action,
            OpType = fill.OpType,
            OrderType = fill.OrderType,
            Qty = fill.Qty,
            Price = fill.OrderType == OrderType.Stop ? position?.StopPrice : fill.OrderType == OrderType.Limit ? position?.LimitPrice : null,
            AuthorType = isProtection ? OrderAuthorType.System : OrderAuthorType.Undefined,
            Frame = fill.FrameUnixSeconds,
            ExecState = OrderExecState.Accepted,
            DealStatus = DealStatus.Executing,
            Created = turn.Now,
            Modified = turn.Now,
            Changes = [new OrderChange(turn.Now, OrderExecState.Accepted, DealStatus.Executing, isProtection ? "made by the broker" : "not made here")],
        };
        turn.Put(order);
        if (!isProtection)
        {
            turn.Log(LogLevel.Warning, $"Order {order.OrderId} ({fill.DealReference}) was not made by this engine: adopted");
        }

        return order;
    }

    private static void Complete(Turn turn, Order order)
    {
        SystemCalls.Tell(turn, order, system => system.OnOrderFilled(order));
        if (order.OnFilled is not { } next)
        {
            return;
        }

        var signal = order.SignalId is { } id ? turn.State.Signals.GetValueOrDefault(id) : null;
        var refusal = signal is { Blocked: false, State: Signals.SignalState.Running } ? OrderMaking.Refuse(turn, next) : "the signal no longer runs";
        if (refusal is null)
        {
            OrderMaking.Make(turn, next, order.AuthorType, signal, order.Frame);
        }
        else
        {
            turn.Log(LogLevel.Warning, $"The second half of the reversal of order {order.OrderId} is not sent: {refusal}");
        }
    }
}
