using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;

namespace MaoTrade.Engine.Trading;

/// <summary>What must hold in whatever a store gives back. Pure.</summary>
public static class StateInvariants
{
    /// <summary>Sums of the store are floating point: far below any step of a quantity.</summary>
    private const decimal Tolerance = 0.000001m;

    /// <summary>What does not hold, with its figures; empty when everything does.</summary>
    public static IReadOnlyList<string> Broken(StoredState stored)
    {
        var broken = new List<string>();
        CheckPositions(stored, broken);
        var references = new HashSet<string>();
        foreach (var order in stored.Orders)
        {
            CheckOrder(order, broken);
            if (!references.Add(order.DealReference))
            {
                broken.Add($"order {order.OrderId}: the reference {order.DealReference} belongs to another order too");
            }
        }

        return broken;
    }

    private static void CheckPositions(StoredState stored, List<string> broken)
    {
        if (stored.Moved is not { } moved)
        {
            return;
        }

        var positions = stored.Positions.ToDictionary(p => p.Epic, p => p.Qty);
        foreach (var epic in positions.Keys.Union(moved.Keys))
        {
            var qty = positions.GetValueOrDefault(epic);
            var sum = moved.GetValueOrDefault(epic);
            if (Math.Abs(qty - sum) > Tolerance * Math.Max(1, Math.Abs(qty)))
            {
                broken.Add($"position in {epic}: {qty}, its fills come to {sum}");
            }
        }
    }

    private static void CheckOrder(Order order, List<string> broken)
    {
        if (!IsPair(order.ExecState, order.DealStatus))
        {
            broken.Add($"order {order.OrderId}: {order.ExecState} and {order.DealStatus} do not go together");
        }

        if (!order.IsEnded && order.Action != OrderAction.ModifyPosition && order.Filled >= order.Qty)
        {
            broken.Add($"order {order.OrderId}: {order.Filled} of {order.Qty} filled and not ended");
        }

        if (order.ExecState == OrderExecState.Filled && order.Filled < order.Qty)
        {
            broken.Add($"order {order.OrderId}: ended as filled with {order.Filled} of {order.Qty}");
        }

        if (order.ExecState is OrderExecState.Submitted or OrderExecState.Unknown && order.Attempt == 0)
        {
            broken.Add($"order {order.OrderId}: {order.ExecState} without an attempt");
        }

        if (order.Changes is [.., var last] && last.ExecState != order.ExecState)
        {
            broken.Add($"order {order.OrderId}: {order.ExecState}, its last step says {last.ExecState}");
        }

        if (order.OnFilled is { } next && (order.Action != OrderAction.ClosePosition || next.Epic != order.Epic))
        {
            broken.Add($"order {order.OrderId}: what follows its fill is no second half of a reversal in {order.Epic}");
        }
    }

    private static bool IsPair(OrderExecState state, DealStatus status) => state switch
    {
        OrderExecState.JustCreated => status is DealStatus.NotSubmitted or DealStatus.Delayed,
        OrderExecState.Submitted => status is DealStatus.Submitting or DealStatus.Submitted,
        OrderExecState.Accepted or OrderExecState.Filled => status == DealStatus.Executing,
        OrderExecState.Error => status == DealStatus.Rejected,
        OrderExecState.Cancelled => status == DealStatus.ToTrash,
        OrderExecState.Unknown => status == DealStatus.Unknown,
        _ => false,
    };
}
