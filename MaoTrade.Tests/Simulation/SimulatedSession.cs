using System.Collections.Frozen;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Tests.History;

namespace MaoTrade.Tests.Simulation;

/// <summary>
/// An eight-hour session of one account from a seed: engine, venue, network, store and clocks on one thread, with the faults
/// of its plan. The same seed is the same session to the last bit.
/// </summary>
public sealed class SimulatedSession : IDisposable
{
    private static readonly SystemCatalog Catalog = new(() => new WitnessSystem());
    private static readonly TradingRules Rules = new("demo", TimeZoneInfo.Utc, FrozenDictionary<string, SymbolRules>.Empty);
    private static readonly AccountConfig Config = new(true, "23:45", new RiskLimits(), 1);

    private readonly Agenda _agenda = new();
    private readonly TableStore _tables = new();
    private readonly SimulatedStore _store;
    private readonly SessionPlan _plan;
    private readonly Random _random;
    private readonly Venue _venue;
    private readonly Invariants _invariants;
    private readonly SimulatedClient _client;
    private readonly Dictionary<CommandTicket, ServiceReply> _replies = [];
    private EngineLife _life;
    private bool _everInError;
    private long _steps;
    private ulong _trace = 14_695_981_039_346_656_037;

    private SimulatedSession(SessionPlan plan)
    {
        _plan = plan;
        _random = new Random(plan.Seed);
        _store = new SimulatedStore(_tables);
        _venue = new Venue(_agenda, plan, _random);
        _invariants = new Invariants(_venue, _tables, plan);
        _invariants.Watch();
        _life = Live();
        _client = new SimulatedClient(_agenda, _random, _replies, () => _life);
    }

    /// <summary>Runs a session to its end.</summary>
    public static SessionReport Run(SessionPlan plan)
    {
        using var session = new SimulatedSession(plan);
        return session.Run();
    }

    public void Dispose() => _store.Dispose();

    private SessionReport Run()
    {
        _venue.Open();
        _client.CreateSignal("EURUSD");
        Every(_plan.Disconnects, () => _life.Disconnect());
        Every(_plan.ClockJumps, () => _agenda.WallError += TimeSpan.FromSeconds(_random.Next(2) == 0 ? 262 : -262));
        Every(_plan.DealsByHand, () => _venue.DealByHand("GBPUSD"));
        Every(_plan.Commands, () => _client.Trade("GBPUSD"));
        Every(_plan.KillSwitch, _client.Halt);
        Every(TimeSpan.FromMinutes(3), RepairSignals);
        RunUntil(SessionPlan.Length);
        _venue.Disturbed = false;
        _client.Stop("EURUSD");
        RunUntil(SessionPlan.Length + (SessionPlan.Calm / 2));
        _client.CancelWorking();
        RunUntil(SessionPlan.Length + SessionPlan.Calm);
        _venue.IsOpen = false;
        RunUntil(SessionPlan.Length + SessionPlan.Calm + SessionPlan.Closed);
        _invariants.AtRest(_life.State);
        Witness();
        _invariants.Broken.AddRange(HistoryChecker.Check(_client.History, Truth()));
        return new SessionReport(_plan, _steps, _venue.Deals.Count, _trace, _invariants.Broken);
    }

    private void RunUntil(TimeSpan end)
    {
        while (_agenda.Step(end))
        {
            _steps++;
            var state = _life.State;
            Trace((ulong)_agenda.Now.Ticks);
            Trace((ulong)state.Version);
            Trace((ulong)_venue.Deals.Count);
            Trace((ulong)_venue.Fills.Count);
            _everInError |= state.LiveSignalOf("EURUSD") is { State: SignalState.Error };
        }
    }

    private void Trace(ulong value) => _trace = unchecked((_trace ^ value) * 1_099_511_628_211);

    private EngineLife Live() => new(_agenda, _venue, _plan, _random, _store, Catalog, Rules, Config, _replies, pause => _agenda.In(pause, () => _life = Live()));

    private void Every(TimeSpan? mean, Action action)
    {
        if (mean is { } span)
        {
            _agenda.In(span * (0.5 + _random.NextDouble()), () =>
            {
                if (_venue.Disturbed)
                {
                    action();
                    Every(mean, action);
                }
            });
        }
    }

    /// <summary>Somebody looks after signals in error or blocked and releases them, as long as the session lasts.</summary>
    private void RepairSignals()
    {
        foreach (var signal in _life.State.Signals.Values.Where(s => s.State is SignalState.Error or SignalState.Blocked))
        {
            _life.Put(new CommandInput(new CommandTicket(null, long.MaxValue), new UpsertSignalCommand
            {
                SrvId = 6,
                Signal = new SignalProposal { SignalId = signal.SignalId, Epic = signal.Epic, System = signal.System, TimeFrame = signal.TimeFrame },
            }));
        }
    }

    private void Witness()
    {
        if (!_everInError && _life.State.Signals.Values.FirstOrDefault() is { } signal && _store.Load().SystemStates.TryGetValue(signal.SignalId, out var json))
        {
            var state = SystemStateDocument.Read(json).State;
            _invariants.Witnessed(signal, state.GetInt64(WitnessSystem.Count), state.GetInt64(WitnessSystem.Checksum));
        }
    }

    /// <summary>What the venue did for each client order id.</summary>
    private Dictionary<string, ObservedOrder> Truth() => _tables.ByReference.Values
        .Where(o => o.ClientOrderId is not null)
        .ToDictionary(
            o => o.ClientOrderId!,
            o => new ObservedOrder(o.ExecState, o.Filled, [.. _venue.Deals.Where(d => d.Ticket.DealReference == o.DealReference && d.IsEffective).Select(d => d.FilledQty)]));
}

/// <summary>How a session went.</summary>
/// <param name="Plan">What it was made from.</param>
/// <param name="Steps">Events that happened.</param>
/// <param name="Deals">Orders the venue took.</param>
/// <param name="Trace">A checksum over every step.</param>
/// <param name="Broken">Invariants that did not hold.</param>
public sealed record SessionReport(SessionPlan Plan, long Steps, int Deals, ulong Trace, IReadOnlyList<string> Broken);
