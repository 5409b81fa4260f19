using MaoTrade.Engine.Orders;

namespace MaoTrade.Tests.History;

/// <summary>
/// Holds what clients were told against what the broker did. A call that is done must have its order, once; one that
/// failed must have had no effect, ever; of an unknown one both may be, but not twice.
/// </summary>
public static class HistoryChecker
{
    /// <summary>The contradictions, none for a correct history.</summary>
    /// <param name="calls">Every call of every client, repetitions too.</param>
    /// <param name="orders">What became of each client order id that the engine or the broker knows.</param>
    public static IReadOnlyList<string> Check(IReadOnlyList<ClientCall> calls, IReadOnlyDictionary<string, ObservedOrder> orders)
    {
        var faults = new List<string>();
        foreach (var tries in calls.GroupBy(call => call.ClientOrderId))
        {
            var order = orders.GetValueOrDefault(tries.Key);
            var effects = order?.Effects.Count ?? 0;
            if (effects > 1)
            {
                faults.Add($"{tries.Key}: {effects} orders work at the broker for one client order id: doubled");
            }

            if (tries.Any(t => t.Outcome == CallOutcome.Done) && order is null)
            {
                faults.Add($"{tries.Key}: the client was told it is done, and there is no order: lost");
            }

            if (tries.All(t => t.Outcome == CallOutcome.Failed) && order is not null)
            {
                faults.Add($"{tries.Key}: the client was told it failed, and there is an order");
            }

            if (order is not null)
            {
                faults.AddRange(Compare(tries.Key, tries.First().Qty, order));
            }
        }

        faults.AddRange(orders.Keys.Except(calls.Select(c => c.ClientOrderId)).Select(id => $"{id}: nobody asked for this order"));
        return faults;
    }

    private static IEnumerable<string> Compare(string id, decimal qty, ObservedOrder order)
    {
        var filled = order.Effects.Sum();
        if (filled > qty)
        {
            yield return $"{id}: {filled} filled of {qty}";
        }

        if (order.ExecState == OrderExecState.Filled && filled != qty)
        {
            yield return $"{id}: shown as filled, {filled} of {qty} is at the broker";
        }

        if (order.ExecState is OrderExecState.Error or OrderExecState.Cancelled && filled != order.Filled)
        {
            yield return $"{id}: shown as {order.ExecState} with {order.Filled} filled, {filled} is at the broker: no end without proof";
        }

        if (order.ExecState is OrderExecState.Unknown or OrderExecState.JustCreated or OrderExecState.Submitted)
        {
            yield return $"{id}: still {order.ExecState} at the end: forgotten";
        }
    }
}

/// <summary>One try of a client.</summary>
/// <param name="ClientOrderId">Its own id, the same for each repetition.</param>
/// <param name="Qty">What it asked for.</param>
/// <param name="Outcome">What it was told.</param>
public sealed record ClientCall(string ClientOrderId, decimal Qty, CallOutcome Outcome);

/// <summary>What a client knows after a call.</summary>
public enum CallOutcome
{
    /// <summary>The engine said it is stored.</summary>
    Done,

    /// <summary>The engine refused it.</summary>
    Failed,

    /// <summary>No answer, or one that does not say.</summary>
    Unknown,
}

/// <summary>The truth about an order once everything is at rest.</summary>
/// <param name="ExecState">What the engine shows.</param>
/// <param name="Filled">What the engine shows as filled.</param>
/// <param name="Effects">Filled quantity of each order the broker took for it and did not refuse.</param>
public sealed record ObservedOrder(OrderExecState ExecState, decimal Filled, IReadOnlyList<decimal> Effects);
