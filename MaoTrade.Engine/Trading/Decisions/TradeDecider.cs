using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Which decision an input goes to. No I/O, no waiting: the same turn always ends the same way.</summary>
public static class TradeDecider
{
    /// <summary>Decides one input; the turn holds the new state, its rows and its effects.</summary>
    public static void Decide(Turn turn, TradeInput input)
    {
        switch (input)
        {
            case BrokerInput { Event: var said }:
                Hear(turn, said);
                break;
            case ConnectedInput connected:
                SessionDecisions.Connect(turn, connected.Capabilities);
                break;
            case CommandInput command:
                turn.Effects.Add(new ReplyEffect(command.Ticket, Obey(turn, command)));
                break;
            case DispatchInput dispatch:
                OrderDecisions.Dispatch(turn, dispatch.OrderId);
                break;
            case AnswerInput answer:
                OrderDecisions.Answer(turn, answer.OrderId, answer.Attempt, answer.Answer);
                break;
            case CancelAnswerInput answer:
                CancelDecisions.Answer(turn, answer.OrderId, answer.Attempt, answer.Answer);
                break;
            case ProofInput proof:
                ProofDecisions.Weigh(turn, proof.OrderId, proof.Proof);
                break;
            case SurveyInput survey:
                SurveyDecisions.Take(turn, survey.Survey);
                break;
            case SubscribedInput subscribed:
                FeedDecisions.TakeSubscription(turn, subscribed);
                break;
            case HistoryInput history:
                HistoryDecisions.Take(turn, history);
                break;
            case CatalogInput catalog:
                CatalogDecisions.Take(turn, catalog);
                break;
            case EventsTakenInput taken:
                turn.Changes.TakenEvents.AddRange(taken.Numbers);
                break;
            case BarsTakenInput taken:
                turn.Tools.TakenBars.AddRange(taken.Bars);
                break;
            case TickInput:
                CatalogDecisions.Exchange(turn);
                SessionDecisions.Tick(turn);
                break;
        }

        if (turn.Titles.HoldsBack)
        {
            Acknowledge(turn);
        }
    }

    private static void Acknowledge(Turn turn)
    {
        foreach (var eventId in turn.Titles.Release(epic => turn.State.OpenOrdersOf(epic).Any(o => o.IsUnanswered)))
        {
            turn.Effects.Add(new AcknowledgeEffect(eventId));
        }
    }

    private static void Hear(Turn turn, BrokerEvent said)
    {
        switch (said)
        {
            case BrokerDisconnected lost:
                SessionDecisions.Disconnect(turn, lost);
                break;
            case FrameEvent frame:
                FrameDecisions.Take(turn, frame);
                return;
            case FillEvent fill:
                FillDecisions.Take(turn, fill.Fill);
                HoldBack(turn, fill.Fill.Epic, fill.EventId);
                return;
            case OrderAcceptedEvent accepted when turn.State.OrderByReference(accepted.DealReference) is { } order:
                OrderDecisions.Accept(turn, order, accepted.DealId);
                break;
            case OrderRejectedEvent rejected when turn.State.OrderByReference(rejected.DealReference) is { } order:
                OrderDecisions.End(turn, order, OrderEvent.Refused, rejected.ErrorCode, rejected.Message);
                break;
            case OrderCancelledEvent cancelled when turn.State.OrderByReference(cancelled.DealReference) is { } order:
                OrderDecisions.End(turn, order, OrderEvent.Cancelled, 0, cancelled.Message);
                break;
            case AccountEvent account:
                SessionDecisions.TakeAccount(turn, account.Account);
                break;
            case MarketDataEvent data:
                FeedAlarms.Take(turn, data);
                break;
        }

        if (said.EventId is { } eventId)
        {
            turn.Effects.Add(new AcknowledgeEffect(eventId));
        }
    }

    /// <summary>What can cause orders is acknowledged when those have an answer: the market waits for them (lockstep).</summary>
    private static void HoldBack(Turn turn, string epic, long? eventId)
    {
        if (eventId is { } id)
        {
            turn.Titles.HoldBack(epic, id);
        }
    }

    private static ServiceReply Obey(Turn turn, CommandInput input) => input.Command switch
    {
        OpenPositionCommand open => OrderCommands.Open(turn, open, input.Earlier),
        ClosePositionCommand close => OrderCommands.Close(turn, close, input.Earlier),
        ModifyPositionCommand modify => LevelCommands.Modify(turn, modify, input.Earlier),
        CancelOrderCommand cancel => CancelDecisions.Cancel(turn, cancel),
        ResolveOrderCommand resolve => ResolveCommands.Resolve(turn, resolve),
        KillSwitchCommand kill => KillSwitch.Throw(turn, kill),
        UpdateAccountCommand update => AccountCommands.Update(turn, update),
        UpsertSignalCommand upsert => SignalCommands.Upsert(turn, upsert.Signal),
        DeleteSignalCommand delete => SignalCommands.Delete(turn, delete),
        ValidateSignalCommand validate => SignalCommands.Validate(turn, validate.Signal),
        BlockSignalCommand block => SignalCommands.Block(turn, block),
        WriteDatastoreCommand write => DatastoreCommands.Write(turn, write),
        _ => throw new InvalidOperationException($"{input.Command.GetType().Name} is answered from the snapshot"),
    };
}
