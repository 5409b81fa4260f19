using System.Collections.Immutable;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Simulation;

/// <summary>
/// One life of an engine, from the store to its death: the product's own desk, decisions and recovery; loop, clock and
/// network are simulated. A life that is over hears and says nothing.
/// </summary>
public sealed class EngineLife
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(5);
    private readonly Agenda _agenda;
    private readonly Venue _venue;
    private readonly SessionPlan _plan;
    private readonly Random _random;
    private readonly SimulatedStore _store;
    private readonly Link _link;
    private readonly Dictionary<CommandTicket, ServiceReply> _replies;
    private readonly Action<TimeSpan> _end;
    private readonly Queue<TradeInput> _own = new();
    private readonly Queue<TradeInput> _inbox = new();
    private readonly TradeDesk _desk;
    private bool _pumping;

    public EngineLife(
        Agenda agenda, Venue venue, SessionPlan plan, Random random, SimulatedStore store, SystemCatalog catalog, TradingRules rules,
        AccountConfig config, Dictionary<CommandTicket, ServiceReply> replies, Action<TimeSpan> end)
    {
        _agenda = agenda;
        _venue = venue;
        _plan = plan;
        _random = random;
        _store = store;
        _replies = replies;
        _end = end;
        _link = new Link(agenda, venue, plan, random);
        var tools = new TradingTools(catalog, new TitleTable(), new OrderWatch(agenda), new DealReferences(agenda, random.NextBytes), rules);
        _desk = new TradeDesk(store, tools, agenda, StateRestoration.Restore(store.Load(), config, tools, agenda.GetUtcNow()));
        _desk.Commit();
        agenda.In(Some(200), Connect);
        agenda.In(TickPeriod, Tick);
    }

    public bool IsOver { get; private set; }

    public TradingState State => _desk.State;

    public void Put(TradeInput input)
    {
        if (IsOver)
        {
            return;
        }

        _inbox.Enqueue(input);
        if (!_pumping)
        {
            _pumping = true;
            _agenda.In(TimeSpan.FromTicks(_random.Next(1, 20_000)), Pump);
        }
    }

    /// <summary>The connection breaks; it comes back by itself.</summary>
    public void Disconnect()
    {
        if (!IsOver && _link.IsUp)
        {
            _link.Break();
            Put(new BrokerInput(new BrokerDisconnected(false, "broken")));
            _agenda.In(TimeSpan.FromSeconds(_random.Next(1, 90)), Connect);
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => End(TimeSpan.FromMilliseconds(_random.Next(300, 30_000)));

    private void End(TimeSpan pause)
    {
        if (!IsOver)
        {
            IsOver = true;
            _link.Break();
            _end(pause);
        }
    }

    private void Connect()
    {
        if (!IsOver && !_link.IsUp)
        {
            Put(new ConnectedInput(_venue.Capabilities));
            _link.Connect(said => Put(new BrokerInput(said)));
        }
    }

    private void Tick()
    {
        if (!IsOver)
        {
            Put(new TickInput());
            _agenda.In(TickPeriod, Tick);
        }
    }

    /// <summary>A batch as the trade loop takes it: decide, commit, let out; death may come at any of them.</summary>
    private void Pump()
    {
        _pumping = false;
        if (IsOver || !Decide())
        {
            return;
        }

        var death = _venue.Disturbed && _random.NextDouble() < _plan.Kill ? _random.Next(4) : -1;
        var effects = _desk.Turns.SelectMany(turn => turn.Effects).ToArray();
        if (_plan.Defect == Defect.SaveAfterSend)
        {
            LetOut(effects, 0);
        }

        if (death == 0 || !Commit())
        {
            End(death == 0 ? TimeSpan.FromMilliseconds(_random.Next(300, 30_000)) : TimeSpan.FromSeconds(1));
            return;
        }

        if (_plan.Defect != Defect.SaveAfterSend)
        {
            LetOut(effects, death);
        }

        if (death > 0)
        {
            Kill();
        }
        else if (_own.Count + _inbox.Count > 0 && !_pumping)
        {
            _pumping = true;
            _agenda.In(TimeSpan.FromTicks(_random.Next(1, 20_000)), Pump);
        }
    }

    private bool Decide()
    {
        _desk.Clear();
        for (var room = _random.Next(1, 9); room > 0 && (_own.TryDequeue(out var input) || _inbox.TryDequeue(out input)); room--)
        {
            _desk.Decide(input);
        }

        return _desk.Turns.Count > 0;
    }

    private bool Commit()
    {
        var luck = _venue.Disturbed ? _random.NextDouble() : 1;
        _store.Next = luck < _plan.CommitFails ? StoreFault.Fails
            : luck < _plan.CommitFails + _plan.CommitUnknown ? StoreFault.AnswerLost
            : StoreFault.None;
        try
        {
            _desk.Commit();
            return true;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
        finally
        {
            _store.Next = StoreFault.None;
        }
    }

    /// <summary>Lets the effects out; a death of 1 comes before the first, of 2 in their middle, of 3 after the last.</summary>
    private void LetOut(Effect[] effects, int death)
    {
        var count = death switch
        {
            1 => 0,
            2 => effects.Length / 2,
            _ => effects.Length,
        };
        foreach (var effect in effects.Take(count))
        {
            LetOut(effect);
        }
    }

    private void LetOut(Effect effect)
    {
        switch (effect)
        {
            case DispatchEffect dispatch:
                _own.Enqueue(new DispatchInput(dispatch.OrderId));
                break;
            case AcknowledgeEffect acknowledge:
                _link.Tell(() => _venue.Acknowledge(acknowledge.EventId));
                break;
            case ReplyEffect reply:
                _replies[reply.Command] = reply.Reply;
                break;
            case SendEffect send:
                Send(send);
                break;
            case CancelEffect cancel:
                _link.Call(
                    () => _venue.Cancel(cancel.DealReference),
                    answer => Put(new CancelAnswerInput(cancel.OrderId, cancel.Attempt, answer)),
                    () => Put(new CancelAnswerInput(cancel.OrderId, cancel.Attempt, new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer"))));
                break;
            case ProveEffect prove:
                _agenda.In(prove.Delay, () => Prove(prove));
                break;
            case SurveyEffect survey:
                _agenda.In(survey.Delay, () => Survey(survey));
                break;
            case SubscribeEffect subscribe:
                _agenda.In(subscribe.Delay, () => Subscribe(subscribe));
                break;
            case HistoryEffect history:
                _agenda.In(history.Delay, () => Recall(history));
                break;
        }
    }

    private void Send(SendEffect send)
    {
        if (!_link.IsUp)
        {
            Answer(send, new OrderAnswer(OrderAnswerKind.NotSent, null, 0, "not connected"));
            return;
        }

        _link.Call(() => Take(send.Ticket), answer => Answer(send, answer), () => Unanswered(send));
    }

    private OrderAnswer Take(OrderTicket ticket) =>
        ticket.Action == OrderAction.ModifyPosition ? _venue.Modify(ticket) : _venue.Submit(ticket);

    private void Unanswered(SendEffect send)
    {
        switch (_plan.Defect)
        {
            case Defect.BlindResend:
                Send(send);
                break;
            case Defect.RejectOnTimeout:
                Answer(send, new OrderAnswer(OrderAnswerKind.Rejected, null, 0, "taken for refused"));
                break;
            default:
                Answer(send, new OrderAnswer(OrderAnswerKind.Unknown, null, 0, "no answer"));
                break;
        }
    }

    private void Answer(SendEffect send, OrderAnswer answer) => Put(new AnswerInput(send.OrderId, send.Attempt, answer));

    private void Prove(ProveEffect prove)
    {
        var nothing = new OrderProof(new LookUpAnswer(LookUpKind.NoAnswer, null, 0, "no answer"), null, null);
        void Fail() => Put(new ProofInput(prove.OrderId, nothing));
        _link.Call(
            () => _venue.LookUp(prove.DealReference),
            lookUp => _link.Call(
                () => _venue.FillsAfter(prove.FillCursor),
                fills => _link.Call(() => _venue.Portfolio(), portfolio => Put(new ProofInput(prove.OrderId, new OrderProof(lookUp, fills, portfolio))), Fail),
                Fail),
            Fail);
    }

    private void Survey(SurveyEffect survey)
    {
        void Fail() => Put(new SurveyInput(null));
        _link.Call(
            () => survey.References.ToImmutableDictionary(r => r, _venue.LookUp),
            lookUps => _link.Call(
                () => (_venue.OpenOrders(), _venue.FillsAfter(survey.FillCursor)),
                seen => _link.Call(
                    () => (_venue.Portfolio(), _venue.Time),
                    last => Put(new SurveyInput(new BrokerSurvey(seen.Item2.Fills, seen.Item2.Cursor, last.Item1, lookUps, seen.Item1, last.Time))),
                    Fail),
                Fail),
            Fail);
    }

    private void Subscribe(SubscribeEffect subscribe) => _link.Call(
        () => _venue.Subscribe(subscribe.Epic),
        result => Put(new SubscribedInput(subscribe.Epic, subscribe.TimeFrameSeconds, result)),
        () => Put(new SubscribedInput(subscribe.Epic, subscribe.TimeFrameSeconds, MarketDataResult.Network)));

    private void Recall(HistoryEffect history)
    {
        void Answer(MarketDataResult result, IReadOnlyList<Frame> frames, DateTimeOffset time) =>
            Put(new HistoryInput(history.Epic, history.TimeFrameSeconds, new HistoryAnswer(result, frames), time));
        _link.Call(
            () => (_venue.Told[history.Epic].TakeLast(history.Count).ToArray(), _venue.Time),
            told => Answer(MarketDataResult.Ok, told.Item1, told.Item2),
            () => Answer(MarketDataResult.Network, [], default));
    }

    private TimeSpan Some(int milliseconds) => TimeSpan.FromMilliseconds(_random.Next(1, milliseconds));
}
