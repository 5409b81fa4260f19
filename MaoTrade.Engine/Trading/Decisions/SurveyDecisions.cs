using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// Reconciliation: missed fills first, then every order that is not ended, then positions. Where the broker differs after
/// three looks, its position is taken as the truth and the signal of that epic is blocked with the difference shown.
/// </summary>
public static class SurveyDecisions
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    public static void Ask(Turn turn, TimeSpan delay) =>
        turn.Effects.Add(new SurveyEffect(
            [.. turn.State.OpenOrders.Select(id => turn.State.Orders[id].DealReference)], turn.State.FillCursor, delay));

    public static void Take(Turn turn, BrokerSurvey? survey)
    {
        if (!turn.State.BrokerConnected)
        {
            return;
        }

        if (survey is null)
        {
            Ask(turn, TimeSpan.FromSeconds(1));
            return;
        }

        FillDecisions.TakeAll(turn, survey.Fills);
        if (turn.State.FillCursor != survey.FillCursor)
        {
            turn.PutAccount(turn.State with { FillCursor = survey.FillCursor });
        }

        SettleOrders(turn, survey);
        AdoptOrders(turn, survey);
        var differing = Differing(turn, survey).ToArray();
        if (differing.Length > 0 && ++turn.Tools.DifferingSurveys < 3)
        {
            Ask(turn, LookAgain);
            return;
        }

        turn.Tools.DifferingSurveys = 0;
        foreach (var epic in differing)
        {
            Block(turn, epic, survey.Portfolio.Positions.FirstOrDefault(p => p.Epic == epic));
        }

        SessionDecisions.TakeAccount(turn, survey.Portfolio.Account);
        BecomeReady(turn, survey.BrokerTime);
    }

    private static void SettleOrders(Turn turn, BrokerSurvey survey)
    {
        foreach (var order in turn.State.OpenOrders.Select(id => turn.State.Orders[id]).ToArray())
        {
            if (!survey.LookUps.TryGetValue(order.DealReference, out var lookUp))
            {
                continue;
            }

            if (order.ExecState == OrderExecState.Unknown)
            {
                // Absence is weighed with all three witnesses by the proof that follows, not by one look.
                OrderDecisions.Settle(turn, order, lookUp, () => false);
            }
            else if (order.ExecState == OrderExecState.Accepted)
            {
                SettleAccepted(turn, order, lookUp);
            }
        }
    }

    /// <summary>Working orders at the broker that are not ours: shown without a system, told to somebody.</summary>
    private static void AdoptOrders(Turn turn, BrokerSurvey survey)
    {
        foreach (var theirs in survey.OpenOrders.Where(o => turn.State.OrderByReference(o.DealReference) is null))
        {
            turn.Put(new Order
            {
                OrderId = turn.References.Next(),
                DealReference = theirs.DealReference,
                DealId = theirs.DealId,
                Epic = theirs.Epic,
                Action = theirs.Action,
                OpType = theirs.OpType,
                OrderType = theirs.OrderType,
                Qty = theirs.Qty,
                AuthorType = OrderAuthorType.Undefined,
                ExecState = OrderExecState.Accepted,
                DealStatus = DealStatus.Executing,
                Created = turn.Now,
                Modified = turn.Now,
                Changes = [new OrderChange(turn.Now, OrderExecState.Accepted, DealStatus.Executing, "not made here")],
            });
            turn.Log(LogLevel.Warning, $"Order {theirs.DealReference} on {theirs.Epic} works at the broker and was not made by this engine: adopted");
        }
    }

    private static void SettleAccepted(Turn turn, Order order, LookUpAnswer lookUp)
    {
        switch (lookUp.Kind)
        {
            case LookUpKind.Rejected:
                OrderDecisions.End(turn, order, OrderEvent.Refused, lookUp.ErrorCode, lookUp.Message);
                break;
            case LookUpKind.Cancelled:
                OrderDecisions.End(turn, order, OrderEvent.Cancelled, 0, lookUp.Message);
                break;
            case LookUpKind.Absent:
                turn.Log(LogLevel.Critical, $"Order {order.OrderId} was accepted, but the broker no longer knows {order.DealReference}");
                break;
        }
    }

    /// <summary>Epics whose positions differ; those with an order of unknown outcome cannot be compared yet.</summary>
    private static IEnumerable<string> Differing(Turn turn, BrokerSurvey survey)
    {
        var theirs = survey.Portfolio.Positions.ToDictionary(p => p.Epic, p => p.Qty);
        return turn.State.Positions.Keys.Union(theirs.Keys).Where(epic =>
            (turn.State.Positions.GetValueOrDefault(epic)?.Qty ?? 0) != theirs.GetValueOrDefault(epic)
            && !turn.State.OpenOrdersOf(epic).Any(o => o.ExecState == OrderExecState.Unknown));
    }

    private static void Block(Turn turn, string epic, BrokerPosition? theirs)
    {
        var ours = turn.State.Positions.GetValueOrDefault(epic);
        var difference = $"position in {epic}: {ours?.Qty ?? 0} here, {theirs?.Qty ?? 0} at the broker";
        turn.Log(LogLevel.Critical, $"Reconciliation: {difference}; the broker's is taken over");
        turn.PutAccount(turn.State with { Drift = turn.State.Drift + 1 });
        turn.Put(epic, theirs is null ? null : new Position
        {
            Epic = epic,
            Qty = theirs.Qty,
            AvgPrice = theirs.AvgPrice,
            LastPrice = theirs.LastPrice,
            StopPrice = theirs.StopPrice,
            LimitPrice = theirs.LimitPrice,
            DealIds = [.. theirs.DealIds],
            System = ours?.System ?? "",
            SignalId = ours?.SignalId,
            OpenedAt = theirs.OpenedAt,
        });
        if (turn.State.LiveSignalOf(epic) is { } signal)
        {
            turn.Put(signal with { State = SignalState.Blocked, Blocked = true, Error = difference, Modified = turn.Now });
        }
    }

    private static void BecomeReady(Turn turn, DateTimeOffset brokerTime)
    {
        var state = turn.State;
        turn.State = state with
        {
            Stage = EngineStage.Ready,
            MarketTime = brokerTime > state.MarketTime ? brokerTime : state.MarketTime,
        };
        turn.Log(LogLevel.Information, $"Reconciled with the broker: {state.Positions.Count} positions, {state.OpenOrders.Count} orders not ended, {state.UnknownOrders} unknown");
        foreach (var order in turn.State.OpenOrders.Select(id => turn.State.Orders[id]).ToArray())
        {
            if (order.ExecState == OrderExecState.JustCreated)
            {
                turn.Effects.Add(new DispatchEffect(order.OrderId));
            }
            else if (order.ExecState == OrderExecState.Unknown)
            {
                OrderDecisions.Prove(turn, order, TimeSpan.Zero);
            }
        }

        foreach (var title in turn.Titles.All.ToArray())
        {
            FeedDecisions.Open(turn, title);
        }

        while (turn.Tools.Deferred.TryDequeue(out var frame))
        {
            FrameDecisions.Take(turn, frame);
        }
    }
}
