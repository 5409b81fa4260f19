using MaoTrade.Engine.Logs;
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
    public static void Take(Turn turn, Fill fill, string note = "")
    {
        if (turn.State.HasFill(fill.FillId))
        {
            return;
        }

        turn.State = turn.State with { FillIds = turn.State.FillIds.Add(fill.FillId) };
        var order = turn.State.OrderByReference(fill.DealReference) ?? Adopt(turn, fill);
        var confirmed = Math.Min(order.AssumedQty, fill.Qty);
        if (confirmed > 0)
        {
            order = order with { AssumedQty = order.AssumedQty - confirmed };
            turn.Put(order);
            turn.Log(LogLevel.Information, $"Order {order.OrderId}: {confirmed} filled at {fill.Price} as the operator had declared ({fill.FillId})");
        }

        var rest = fill with { Qty = fill.Qty - confirmed };
        turn.Changes.Fills.Add(fill with
        {
            Moved = rest.SignedQty,
            Closing = Positions.Closed(turn.State.Positions.GetValueOrDefault(fill.Epic), rest),
        });
        if (rest.Qty > 0)
        {
            Apply(turn, order, rest, note);
        }
    }

    private static void Apply(Turn turn, Order order, Fill fill, string note)
    {
        var filled = order.Filled + fill.Qty;
        if (order.Attempt == 0 && filled > order.Qty)
        {
            // Not sent by us: its quantity is known from its fills alone.
            order = order with { Qty = filled };
        }

        var @event = filled >= order.Qty ? OrderEvent.Filled : OrderEvent.PartFilled;
        if (order.ExecState is OrderExecState.Cancelled or OrderExecState.Error || (order.ExecState == OrderExecState.Filled && order.Attempt > 0))
        {
            turn.Tools.LateFills++;
            turn.Log(LogLevel.Critical, $"Order {order.OrderId} was {order.ExecState} and is filled by {fill.Qty} at {fill.Price} ({fill.FillId}): the fill counts");
        }

        var after = turn.Step(order, @event, note.Length > 0 ? $"{fill.Qty} at {fill.Price}, {note}" : $"{fill.Qty} at {fill.Price}") with
        {
            DealId = fill.DealId.Length > 0 ? fill.DealId : order.DealId,
            Filled = filled,
            AvgFillPrice = (((order.AvgFillPrice ?? 0) * order.Filled) + (fill.Price * fill.Qty)) / filled,
            Pnl = fill.Pnl is { } pnl ? (order.Pnl ?? 0) + pnl : order.Pnl,
            Modified = turn.Now,
        };
        turn.Put(after);
        turn.Put(fill.Epic, Positions.After(turn.State.Positions.GetValueOrDefault(fill.Epic), fill, after));
        turn.Log(
            LogLevel.Information,
            $"Order {after.OrderId} is filled in frame {fill.FrameUnixSeconds}: trade={fill.FillId} symbol={fill.Epic} side={fill.OpType} amount={fill.Qty} price={fill.Price} strategy={after.System} confidence={after.Evidence?.Confidence} profitLoss={fill.Pnl}",
            LogEvents.TradeExecuted);
        if (after.ExecState == OrderExecState.Filled && order.ExecState != OrderExecState.Filled)
        {
            Complete(turn, after);
        }

        KillSwitch.Enforce(turn);
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
