using System.Collections.Frozen;
using System.Collections.Immutable;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>
/// One life of the live trade manager on a desk of its own: from what the store holds until it is thrown away. Effects are
/// carried out at once, each after the commit of its input.
/// </summary>
internal sealed class SimulatedEngine
{
    private const int MostNotes = 20;

    /// <summary>Orders in memory beyond which all ended ones but the latest go: this broker repeats nothing.</summary>
    private const int MostOrders = 32;
    private const int LatestOrders = 8;

    private readonly SimulatedBroker _broker;
    private readonly TradeDesk _desk;
    private readonly Queue<TradeInput> _own = new();
    private readonly List<string> _notes;

    /// <summary>Begins from the store: restores, connects, reconciles.</summary>
    /// <param name="plan">What is tested.</param>
    /// <param name="store">What the engine remembers.</param>
    /// <param name="broker">The broker, which may know more.</param>
    /// <param name="clock">The time of the bars.</param>
    /// <param name="life">Which life it is: each draws other ids.</param>
    /// <param name="notes">Takes the warnings of the trade manager, the first few.</param>
    public SimulatedEngine(BacktestPlan plan, MemoryStore store, SimulatedBroker broker, SimulatedClock clock, int life, List<string> notes)
    {
        _broker = broker;
        _notes = notes;
        var random = new Random(HashCode(plan.Seed, life));
        var rules = new TradingRules("backtest", TimeZoneInfo.Utc, FrozenDictionary<string, SymbolRules>.Empty)
        {
            Sizing = ReferenceEquals(plan.Rules.Sizing, Rules.QuantitySizing.BySystem) ? null : plan.Rules.Sizing,
        };
        var config = new AccountConfig(TradingEnabled: true, "23:45", new RiskLimits(), Version: 1);
        var tools = new TradingTools(plan.Catalog, new TitleTable(), new OrderWatch(clock), new DealReferences(clock, random.NextBytes), rules)
        {
            LeastLogged = LogLevel.Warning,
            StoresCharts = plan.KeepsChart,
        };
        _desk = new TradeDesk(store, tools, clock, StateRestoration.Restore(store.Load(), config, tools, clock.GetUtcNow()));
        CommitAndLetOut();
        Take(new ConnectedInput(SimulatedBroker.Capabilities));
    }

    /// <summary>Carries out a client's command.</summary>
    public ServiceReply Obey(TradeCommand command)
    {
        var ticket = new CommandTicket(null, long.MaxValue);
        var reply = default(ServiceReply);
        _desk.Clear();
        var turn = _desk.Decide(new CommandInput(ticket, command));
        reply = turn.Effects.OfType<ReplyEffect>().Single().Reply;
        CommitAndLetOut();
        Settle();
        return reply;
    }

    /// <summary>Takes an input and everything that comes of it.</summary>
    public void Take(TradeInput input)
    {
        _desk.Clear();
        _desk.Decide(input);
        CommitAndLetOut();
        Settle();
    }

    private void Settle()
    {
        while (_own.TryDequeue(out var next))
        {
            _desk.Clear();
            _desk.Decide(next);
            CommitAndLetOut();
        }
    }

    private void CommitAndLetOut()
    {
        _desk.Commit();
        if (_desk.State.Orders.Count > MostOrders)
        {
            _desk.Forget(LatestOrders);
        }

        foreach (var turn in _desk.Turns)
        {
            foreach (var effect in turn.Effects)
            {
                LetOut(effect);
            }
        }
    }

    private void LetOut(Effect effect)
    {
        switch (effect)
        {
            case DispatchEffect dispatch:
                _own.Enqueue(new DispatchInput(dispatch.OrderId));
                break;
            case SendEffect send:
                _own.Enqueue(new AnswerInput(send.OrderId, send.Attempt, _broker.Submit(send.Ticket)));
                break;
            case SurveyEffect survey:
                _own.Enqueue(new SurveyInput(Survey(survey)));
                break;
            case ProveEffect prove:
                _own.Enqueue(new ProofInput(prove.OrderId, new OrderProof(
                    _broker.LookUp(prove.DealReference), new FillPage([], "", More: false), _broker.Portfolio())));
                break;
            case HistoryEffect history:
                // A test begins with its data: before the first bar nothing is known.
                _own.Enqueue(new HistoryInput(history.Epic, history.TimeFrameSeconds, new HistoryAnswer(MarketDataResult.Ok, []), default));
                break;
            case SubscribeEffect subscribe:
                _own.Enqueue(new SubscribedInput(subscribe.Epic, subscribe.TimeFrameSeconds, MarketDataResult.Ok));
                break;
            case LogEffect line when _notes.Count < MostNotes:
                _notes.Add(line.Message);
                break;
        }
    }

    private BrokerSurvey Survey(SurveyEffect survey) => new(
        [], "", _broker.Portfolio(), survey.References.ToImmutableDictionary(reference => reference, _broker.LookUp),
        _broker.OpenOrders(), _desk.State.MarketTime);

    private static int HashCode(long seed, int life) => unchecked((int)(seed ^ (seed >> 32)) ^ (life * 486_187_739));
}
