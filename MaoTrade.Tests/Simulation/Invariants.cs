using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Tests.Simulation;

/// <summary>What must hold whatever happens, looked at after every order taken and every row stored, and at the end.</summary>
public sealed class Invariants(Venue venue, TableStore store, SessionPlan plan)
{
    /// <summary>What was broken, in order.</summary>
    public List<string> Broken { get; } = [];

    public void Watch()
    {
        venue.Took = Took;
        store.Stored = Stored;
    }

    /// <summary>After everything has come to rest.</summary>
    public void AtRest(TradingState state)
    {
        foreach (var order in state.Orders.Values.Where(o => !o.IsEnded))
        {
            Broken.Add($"{order.DealReference} is still {order.ExecState}: forgotten");
        }

        foreach (var deals in venue.Deals.GroupBy(d => d.Ticket.DealReference))
        {
            var ours = store.ByReference.GetValueOrDefault(deals.Key);
            var filled = deals.Sum(d => d.FilledQty);
            if (ours?.Filled != filled)
            {
                Broken.Add($"{deals.Key}: {filled} filled at the venue, {ours?.Filled.ToString() ?? "nothing known"} here");
            }
        }

        foreach (var missed in venue.Fills.Where(f => !state.FillIds.Contains(f.Fill.FillId)))
        {
            Broken.Add($"fill {missed.Fill.FillId} of {missed.Fill.DealReference} was never learnt");
        }

        foreach (var epic in venue.Holdings.Keys.Union(state.Positions.Keys))
        {
            var theirs = venue.Holdings.GetValueOrDefault(epic)?.Qty ?? 0;
            var ours = state.Positions.GetValueOrDefault(epic)?.Qty ?? 0;
            if (theirs != ours)
            {
                Broken.Add($"{epic}: {theirs} at the venue, {ours} here");
            }
        }
    }

    /// <summary>A witness that was never in error has seen every frame once and in order.</summary>
    public void Witnessed(Signal signal, long count, long checksum)
    {
        var told = venue.Told[signal.Epic];
        var expected = told.TakeLast((int)count).Aggregate(0L, (sum, frame) => WitnessSystem.After(sum, frame));
        if (count == 0 || expected != checksum || told.Count - count > 5)
        {
            Broken.Add($"{signal.Epic}: {told.Count} frames told, {count} seen; the checksum is {checksum}, not {expected}");
        }
    }

    private void Took(Deal deal)
    {
        var reference = deal.Ticket.DealReference;
        if (venue.Deals.Count(d => d.Ticket.DealReference == reference && d.IsEffective) > 1)
        {
            Broken.Add($"{reference} was sent twice and works twice: doubled");
        }

        if (store.ByReference.GetValueOrDefault(reference) is not { Attempt: > 0 })
        {
            Broken.Add($"{reference} reached the venue before its attempt was stored");
        }
    }

    private void Stored(Order? before, Order after)
    {
        if (!after.IsEnded || before?.ExecState == after.ExecState)
        {
            return;
        }

        var deals = venue.Deals.Where(d => d.Ticket.DealReference == after.DealReference).ToArray();
        if (after.ExecState is OrderExecState.Error or OrderExecState.Cancelled && deals.Any(d => d.State is LookUpKind.Open or LookUpKind.Filled))
        {
            Broken.Add($"{after.DealReference} ended as {after.ExecState} ({after.ErrorMessage}), but at the venue it is {deals[^1].State}: no proof");
        }

        if (after.ExecState == OrderExecState.Filled && after.Qty > 0 && plan.Partial == 0 && deals.Length > 0 && deals.All(d => d.FilledQty == 0))
        {
            Broken.Add($"{after.DealReference} counts as filled and is not");
        }
    }
}
