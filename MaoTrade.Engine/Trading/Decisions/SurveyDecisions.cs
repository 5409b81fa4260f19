using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// Reconciliation after each connect and then on an interval: missed fills first, then every order that is not ended, then
/// positions. A difference that stays for three looks counts: the broker's position is the truth, and the signal of that
/// epic is blocked with the difference shown. On the interval the engine stays ready meanwhile.
/// </summary>
public static class SurveyDecisions
{
    private const int LooksToBelieve = 3;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    public static void Ask(Turn turn, TimeSpan delay)
    {
        turn.Watch.SurveyAsked();
        turn.Effects.Add(new SurveyEffect(
            [.. turn.State.OpenOrders.Select(id => turn.State.Orders[id].DealReference)], turn.State.FillCursor, delay));
    }

    /// <summary>The interval has passed: looks again while everything goes on.</summary>
    public static void AskIfDue(Turn turn)
    {
        if (turn.MaySend && turn.Watch.IsSurveyDue(turn.Rules.ReconcileInterval))
        {
            Ask(turn, TimeSpan.Zero);
        }
    }

    public static void Take(Turn turn, BrokerSurvey? survey)
    {
        if (!turn.State.BrokerConnected)
        {
            return;
        }

        if (survey is null)
        {
            AskAgainUnlessReady(turn);
            return;
        }

        FillDecisions.TakeAll(turn, survey.Fills);
        if (turn.State.FillCursor != survey.FillCursor)
        {
            turn.PutAccount(turn.State with { FillCursor = survey.FillCursor });
        }

        SettleOrders(turn, survey);
        AdoptOrders(turn, survey);
        if (!Believe(turn, survey))
        {
            Ask(turn, Pause(turn));
            return;
        }

        if (survey.BrokerTime > turn.State.MarketTime)
        {
            turn.State = turn.State with { MarketTime = survey.BrokerTime };
        }

        SessionDecisions.TakeAccount(turn, survey.Portfolio.Account);
        if (turn.State.Stage != EngineStage.Ready)
        {
            BecomeReady(turn);
        }
    }

    /// <summary>Three looks span the look-up lag: what the broker's history still hides has time to appear.</summary>
    private static TimeSpan Pause(Turn turn)
    {
        var half = (turn.State.Capabilities?.LookUpLag ?? TimeSpan.Zero) / 2;
        return half > ShortestPause ? half : ShortestPause;
    }

    /// <summary>On the interval the next look comes by itself.</summary>
    private static void AskAgainUnlessReady(Turn turn)
    {
        if (turn.State.Stage != EngineStage.Ready)
        {
            Ask(turn, TimeSpan.FromSeconds(1));
        }
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
                ProofDecisions.Settle(turn, order, lookUp, () => false);
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

        KillSwitch.Enforce(turn);
    }

    private static void SettleAccepted(Turn turn, Order order, LookUpAnswer lookUp)
    {
        switch (lookUp.Kind)
        {
            case LookUpKind.Rejected or LookUpKind.Cancelled:
                OrderDecisions.End(turn, order, lookUp);
                break;
            case LookUpKind.Absent when turn.Watch.SinceStep(order.OrderId) > ProofDecisions.LookUpLag(turn) && turn.Tools.Missing.Add(order.OrderId):
                Differ(turn, order.Epic, $"order {order.OrderId} in {order.Epic}: accepted here, {order.DealReference} is unknown at the broker");
                break;
            case LookUpKind.Open or LookUpKind.Filled:
                turn.Tools.Missing.Remove(order.OrderId);
                break;
        }
    }

    /// <summary>False while a difference is still being looked at.</summary>
    private static bool Believe(Turn turn, BrokerSurvey survey)
    {
        var theirs = survey.Portfolio.Positions.ToDictionary(p => p.Epic);
        var believed = true;
        foreach (var epic in turn.State.Positions.Keys.Union(theirs.Keys).ToArray())
        {
            var position = theirs.GetValueOrDefault(epic);
            var ours = turn.State.Positions.GetValueOrDefault(epic)?.Qty ?? 0;
            if (ours == (position?.Qty ?? 0) || IsUndecided(turn, epic))
            {
                turn.Tools.Differences.Remove(epic);
                if (position is not null && turn.State.OpenOrdersOf(epic).All(o => o.Action != OrderAction.ModifyPosition))
                {
                    TakeLevels(turn, position);
                }

                continue;
            }

            var difference = $"position in {epic}: {ours} here, {position?.Qty ?? 0} at the broker";
            var (last, looks) = turn.Tools.Differences.GetValueOrDefault(epic);
            turn.Tools.Differences[epic] = (difference, last == difference ? ++looks : looks = 1);
            if (looks < LooksToBelieve)
            {
                believed = false;
                continue;
            }

            turn.Tools.Differences.Remove(epic);
            TakeOver(turn, epic, position, difference);
        }

        return believed;
    }

    /// <summary>With an order on its way or of unknown outcome the position cannot be compared yet.</summary>
    private static bool IsUndecided(Turn turn, string epic) =>
        turn.State.OpenOrdersOf(epic).Any(o => o.ExecState is OrderExecState.Submitted or OrderExecState.Unknown);

    /// <summary>Somebody moved stop or limit at the broker.</summary>
    private static void TakeLevels(Turn turn, BrokerPosition theirs)
    {
        if (turn.State.Positions.TryGetValue(theirs.Epic, out var ours) && ours.Qty == theirs.Qty
            && (ours.StopPrice != theirs.StopPrice || ours.LimitPrice != theirs.LimitPrice))
        {
            turn.Log(
                LogLevel.Warning,
                $"Position in {theirs.Epic}: stop {theirs.StopPrice?.ToString() ?? "none"}, limit {theirs.LimitPrice?.ToString() ?? "none"} at the broker, taken over");
            turn.Put(theirs.Epic, ours with { StopPrice = theirs.StopPrice, LimitPrice = theirs.LimitPrice });
        }
    }

    /// <summary>The broker's position is the truth; the books keep by how much it differed.</summary>
    private static void TakeOver(Turn turn, string epic, BrokerPosition? theirs, string difference)
    {
        var ours = turn.State.Positions.GetValueOrDefault(epic);
        var moved = (theirs?.Qty ?? 0) - (ours?.Qty ?? 0);
        var id = turn.References.Next();
        turn.Changes.Fills.Add(new Fill(
            $"adopted-{id}", "", "", epic, OrderAction.OpenPosition, moved > 0 ? OrderOpType.Buy : OrderOpType.Sell, OrderType.Market,
            Math.Abs(moved), theirs?.AvgPrice ?? ours!.LastPrice, null, turn.State.Frame, turn.State.MarketTime));
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
        Differ(turn, epic, difference);
        KillSwitch.Enforce(turn);
    }

    private static void Differ(Turn turn, string epic, string difference)
    {
        turn.Log(LogLevel.Critical, $"Reconciliation: {difference}");
        Reports.Differs(turn, epic, difference);
        turn.PutAccount(turn.State with { Drift = turn.State.Drift + 1 });
        if (turn.State.LiveSignalOf(epic) is { } signal)
        {
            turn.Put(signal with { State = SignalState.Blocked, Blocked = true, Error = difference, Modified = turn.Now });
        }
    }

    private static void BecomeReady(Turn turn)
    {
        var state = turn.State;
        turn.State = state with { Stage = EngineStage.Ready };
        turn.Log(LogLevel.Information, $"Reconciled with the broker: {state.Positions.Count} positions, {state.OpenOrders.Count} orders not ended, {state.UnknownOrders} unknown");
        Reports.BrokerBack(turn);
        foreach (var order in turn.State.OpenOrders.Select(id => turn.State.Orders[id]).ToArray())
        {
            if (order.ExecState == OrderExecState.JustCreated)
            {
                turn.Effects.Add(new DispatchEffect(order.OrderId));
            }
            else if (order.ExecState == OrderExecState.Unknown)
            {
                ProofDecisions.Prove(turn, order, TimeSpan.Zero);
            }
            else
            {
                CancelDecisions.AskBackIfWanted(turn, order.OrderId);
            }
        }

        KillSwitch.Enforce(turn);
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
