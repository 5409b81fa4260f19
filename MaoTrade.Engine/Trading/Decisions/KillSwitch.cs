using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Commands;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// srvId 10. Answered when the block is committed; what never left is withdrawn with it, what works at the broker is asked
/// back, what is open is closed at market, again with growing pauses where that was refused. Unknown orders are waited out:
/// what they turn out to have opened is closed too. Only a release ends it; a restart does not.
/// </summary>
internal static class KillSwitch
{
    private const int MostCharacters = 200;

    public static ServiceReply Throw(Turn turn, KillSwitchCommand command)
    {
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > MostCharacters)
        {
            return CommandReplies.Malformed("reason", $"1 to {MostCharacters} characters");
        }

        var blocked = command.Blocked ?? true;
        var state = turn.State;
        if (state.Blocked != blocked || state.Liquidates != blocked)
        {
            turn.PutAccount(state with { Blocked = blocked, BlockReason = blocked ? command.Reason : null, Liquidates = blocked });
            turn.Watch.ForgetLiquidations();
            turn.Log(
                blocked ? LogLevel.Critical : LogLevel.Warning,
                blocked ? $"Kill switch: {command.Reason}; nothing opens, everything is closed" : $"Released: {command.Reason}");
            Withdraw(turn);
            Enforce(turn);
        }

        return CommandReplies.Ok(
            new KillSwitchReply(blocked, state.Version + (turn.Changes.IsEmpty ? 0 : 1)), CommandJson.Default.KillSwitchReply);
    }

    /// <summary>What is still to be done while the switch is thrown; nothing otherwise.</summary>
    public static void Enforce(Turn turn)
    {
        if (turn.State is not { Blocked: true, Liquidates: true } || turn.Tools.IsEnforcing)
        {
            return;
        }

        // Orders that end here end within this very decision.
        turn.Tools.IsEnforcing = true;
        TakeBack(turn);
        if (turn.MaySend)
        {
            foreach (var position in turn.State.Positions.Values)
            {
                Close(turn, position);
            }
        }

        turn.Tools.IsEnforcing = false;
    }

    /// <summary>What never left ends with the block. What is made afterwards closes, or does not leave.</summary>
    private static void Withdraw(Turn turn)
    {
        foreach (var order in turn.State.OpenOrders.Select(id => turn.State.Orders[id]).ToArray())
        {
            if (turn.State.Blocked && order.ExecState == OrderExecState.JustCreated)
            {
                OrderDecisions.End(turn, order, OrderEvent.Withdrawn, 0, $"the account is blocked: {turn.State.BlockReason}");
            }
        }
    }

    private static void TakeBack(Turn turn)
    {
        foreach (var order in turn.State.OpenOrders.Select(id => turn.State.Orders[id]).ToArray())
        {
            if (order.ExecState != OrderExecState.JustCreated && order.Action != OrderAction.ModifyPosition && order.CancelAttempt == 0 && !IsClosing(order)
                && (order.ExecState != OrderExecState.Accepted || turn.Watch.TryLiquidate(order.OrderId)))
            {
                CancelDecisions.Want(turn, order, $"the account is blocked: {turn.State.BlockReason}");
            }
        }
    }

    /// <summary>What no order closes yet is closed at market.</summary>
    private static void Close(Turn turn, Position position)
    {
        var epic = position.Epic;
        var closing = turn.State.OpenOrdersOf(epic).Where(o => o.Action == OrderAction.ClosePosition).Sum(o => o.SignedRemainder);
        var open = position.Qty + closing;
        if (Math.Sign(open) != Math.Sign(position.Qty) || !turn.Watch.TryLiquidate(epic))
        {
            return;
        }

        OrderMaking.Make(
            turn, new TradeIntent(epic, OrderAction.ClosePosition, open > 0 ? OrderOpType.Sell : OrderOpType.Buy, Math.Abs(open)),
            OrderAuthorType.User, null, turn.State.Frame, note: $"kill switch: {turn.State.BlockReason}");
    }

    private static bool IsClosing(Order order) => order is { Action: OrderAction.ClosePosition, OrderType: OrderType.Market };
}
