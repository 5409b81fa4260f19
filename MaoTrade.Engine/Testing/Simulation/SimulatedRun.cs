using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Testing.Rules;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>
/// A run under way, bar by bar: what waits is filled, the engine is told of fills, of the account and of the closed bar.
/// Resumed, only store and broker go on; the engine is made anew from the store.
/// </summary>
internal sealed class SimulatedRun
{
    private readonly BacktestPlan _plan;
    private readonly MemoryStore _store;
    private readonly SimulatedBroker _broker;
    private readonly SimulatedClock _clock = new();
    private SimulatedEngine _engine;
    private (decimal Cash, decimal Equity) _told;
    private int _lives;

    private SimulatedRun(BacktestPlan plan, MemoryStore store, SimulatedBroker broker, int next, int life)
    {
        (_plan, _store, _broker, Next, _lives) = (plan, store, broker, next, life);
        var bars = plan.Bars;
        _clock.MoveTo(DateTimeOffset.FromUnixTimeSeconds(
            next == 0 ? bars.Frames[0].UnixSeconds : bars.Frames[next - 1].UnixSeconds + bars.TimeFrameSeconds));
        _engine = new SimulatedEngine(plan, store, broker, _clock, life, Notes);
        _told = (broker.Cash, broker.Equity);
    }

    /// <summary>Warnings of the engine.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Bars worked so far, and the index of the next.</summary>
    public int Next { get; private set; }

    public BrokerRecord Record => _broker.Record;

    /// <summary>What the system drew.</summary>
    public IReadOnlyDictionary<(string Area, string Name, SeriesKind Kind), List<ChartPoint>> Chart => _store.Chart;

    public EquityPoint Equity => new(_plan.Bars.Frames[Next - 1].UnixSeconds, _broker.Equity);

    public bool IsFlat => _broker.IsFlat;

    /// <summary>A run before its first bar, with its signal at work.</summary>
    /// <exception cref="BacktestRefusedException">The engine does not take the signal.</exception>
    public static SimulatedRun Begin(BacktestPlan plan)
    {
        var run = new SimulatedRun(plan, new MemoryStore(), new SimulatedBroker(plan.Bars, plan.Rules, plan.StartEquity), next: 0, life: 0);
        var reply = run._engine.Obey(new UpsertSignalCommand
        {
            SrvId = 6,
            Signal = new SignalProposal
            {
                Epic = plan.Bars.Epic,
                System = plan.System,
                TimeFrame = plan.Bars.TimeFrameSeconds,
                Params = plan.Params,
            },
        });
        if (reply.Code != 0)
        {
            throw new BacktestRefusedException(Faults(reply.Message, reply.Data));
        }

        return run;
    }

    /// <summary>What a new engine would go on with if this one ended here; this one goes on too.</summary>
    public RunSnapshot Snapshot() => new(_store.Fork(), _broker.Fork(), Next);

    /// <summary>A new engine from what a snapshot holds.</summary>
    public static SimulatedRun Resume(BacktestPlan plan, RunSnapshot from) => new(plan, from.Store, from.Broker, from.Next, life: 1);

    /// <summary>Throws the engine away and makes a new one from the store.</summary>
    public void Resume() => _engine = new SimulatedEngine(_plan, _store, _broker, _clock, ++_lives, Notes);

    /// <summary>Works the next bar.</summary>
    public void Step()
    {
        var bars = _plan.Bars;
        ref readonly var frame = ref bars.Frames[Next];
        var end = DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds + bars.TimeFrameSeconds);
        _broker.Work(Next);
        _clock.MoveTo(end);
        TellEvents();
        TellAccount();
        _engine.Take(new BrokerInput(new FrameEvent(
            null, bars.Epic, bars.TimeFrameSeconds, frame, Closed: true, Late: false, end)));
        TellEvents();
        while (_plan.Rules.Fill == FillMoment.Close && _broker.FillAtClose())
        {
            TellEvents();
        }

        Next++;
        if (Next == bars.Count && _plan.Rules.AtEnd == EndRule.Close)
        {
            _broker.CloseAtEnd();
            TellEvents();
        }
    }

    private void TellEvents()
    {
        if (_broker.Events.Count == 0)
        {
            return;
        }

        foreach (var said in _broker.Events)
        {
            _engine.Take(new BrokerInput(said));
        }

        _broker.Events.Clear();
    }

    private void TellAccount()
    {
        var now = (_broker.Cash, _broker.Equity);
        if (now != _told)
        {
            _told = now;
            _engine.Take(new BrokerInput(new AccountEvent(null, _broker.Account())));
        }
    }

    private static IReadOnlyList<string> Faults(string message, ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty)
        {
            return [message];
        }

        var refusal = JsonSerializer.Deserialize(data.Span, CommandJson.Default.ValidationReply);
        return [.. refusal!.Errors.Select(error => $"{error.Field}: {error.Message}")];
    }
}
