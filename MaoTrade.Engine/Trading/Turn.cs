using System.Runtime.CompilerServices;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Market.Figures;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// One input being decided: the state as it becomes, the rows to store, the effects to let out after the commit.
/// Decisions read and write only this; they do no I/O and read no clock but <see cref="Now"/>.
/// </summary>
public sealed class Turn(TradingState state, TradingTools tools, DateTimeOffset now)
{
    public TradingState State { get; set; } = state;

    public ChangeSet Changes { get; } = new(now);

    public List<Effect> Effects { get; } = [];

    /// <summary>Wall time, for the record.</summary>
    public DateTimeOffset Now { get; private set; } = now;

    /// <summary>The gateway's request id, where a client's command is decided.</summary>
    public string? RequestId { get; set; }

    public TradingTools Tools => tools;

    public TitleTable Titles => tools.Titles;

    public OrderWatch Watch => tools.Watch;

    public SystemCatalog Catalog => tools.Catalog;

    public DealReferences References => tools.References;

    public TradingRules Rules => tools.Rules;

    /// <summary>Market time, also between two events where the market runs by itself.</summary>
    public DateTimeOffset MarketNow => tools.Feeds.MarketNow(State.MarketTime, State.Capabilities?.MarketSecondsPerSecond);

    /// <summary>Whether orders may leave now.</summary>
    public bool MaySend => State.Stage == EngineStage.Ready && State.BrokerConnected;

    /// <summary>Begins with another input: nothing of the one before stays.</summary>
    internal void Begin(TradingState before, DateTimeOffset at)
    {
        State = before;
        Now = at;
        RequestId = null;
        Changes.Begin(at);
        Effects.Clear();
    }

    /// <summary>The order after an event, its step timed; itself where nothing changes.</summary>
    public Order Step(Order order, OrderEvent @event, string note = "") =>
        OrderTransitions.Decide(order.ExecState, @event).Kind == OrderVerdictKind.Change
            ? order.After(@event, Now, note, Watch.Lap(order.OrderId))
            : order;

    public void Put(Order order)
    {
        var stored = Changes.Orders.TryGetValue(order.OrderId, out var changed)
            ? changed.StoredSteps
            : State.Orders.TryGetValue(order.OrderId, out var before) ? before.Changes.Length : 0;
        State = State.With(order);
        Changes.Orders[order.OrderId] = (order, stored);
        if (order.IsEnded)
        {
            Watch.Forget(order.OrderId);
        }
        else if (order.ExecState != OrderExecState.Unknown)
        {
            Watch.Known(order.OrderId);
        }
    }

    public void Put(string epic, Position? position)
    {
        State = State with
        {
            Positions = position is null ? State.Positions.Remove(epic) : State.Positions.SetItem(epic, position),
        };
        Changes.Positions[epic] = position;
    }

    public void Put(Signals.Signal signal)
    {
        State = State with { Signals = State.Signals.SetItem(signal.SignalId, signal) };
        Changes.Signals[signal.SignalId] = signal;
    }

    public void Remove(Signals.Signal signal)
    {
        State = State with { Signals = State.Signals.Remove(signal.SignalId) };
        Changes.Signals[signal.SignalId] = null;
    }

    /// <summary>Changes figures of the account that are stored.</summary>
    public void PutAccount(TradingState state)
    {
        State = state;
        Changes.Account = true;
    }

    /// <summary>Keeps the equity of a day that is over.</summary>
    public void EndDay(EquityDay? day)
    {
        if (day is { HasDate: true })
        {
            Changes.EquityDays.Add(day);
        }
    }

    /// <summary>Whether somebody reads lines of a level.</summary>
    public bool Reads(LogLevel level) => level >= tools.LeastLogged;

    public void Log(LogLevel level, string message, string? name = null)
    {
        if (Reads(level))
        {
            Effects.Add(new LogEffect(level, message, name));
        }
    }

    public void Log(LogLevel level, [InterpolatedStringHandlerArgument("", nameof(level))] ref TurnLine line, string? name = null)
    {
        if (Reads(level))
        {
            Effects.Add(new LogEffect(level, line.ToText(), name));
        }
    }

    /// <summary>Tells the gateway, and by it the account's people; after the commit, whenever the gateway is there.</summary>
    public void Report(string type, Severity severity, string? signalId, string title, string message)
    {
        if (tools.TellsGateway)
        {
            Changes.Events.Add(new EngineEvent(type, severity, signalId, Cut(title, EngineEvent.MostTitle), Cut(message, EngineEvent.MostMessage)));
        }
    }

    /// <summary>Keeps a whole bar for the gateway's history; with it the rows go of those the gateway has.</summary>
    public void Offer(Title title, in Frame bar)
    {
        if (tools.TellsGateway && title.Feed.IsWholeBar(bar))
        {
            Changes.Bars.Add((new LiveSeries(title.Epic, title.TimeFrameSeconds), bar));
            Changes.TakenBars.AddRange(tools.TakenBars);
            tools.TakenBars.Clear();
        }
    }

    public SystemPortfolio PortfolioOf(string epic)
    {
        var position = State.Positions.GetValueOrDefault(epic);
        return new SystemPortfolio(
            position?.Qty ?? 0, position?.AvgPrice ?? 0, State.Account?.Equity ?? 0, State.Account?.TotalCash ?? 0);
    }

    private static string Cut(string text, int most) => text.Length > most ? text[..most] : text;
}
