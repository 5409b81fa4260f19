using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Figures;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading;

/// <summary>The rows of one input: all of them are committed, or none. Owned by the trade loop.</summary>
/// <param name="at">Wall time of the decision, for the record.</param>
public sealed class ChangeSet(DateTimeOffset at = default)
{
    private const int MostRoom = 64;

    /// <summary>Wall time of the decision, for the record.</summary>
    public DateTimeOffset At { get; private set; } = at;

    /// <summary>New or changed orders by id, each with how many of its steps are stored already: the others are new.</summary>
    public RowMap<(Order Order, int StoredSteps)> Orders { get; } = [];

    public List<Fill> Fills { get; } = [];

    /// <summary>Positions by epic; null = flat.</summary>
    public RowMap<Position?> Positions { get; } = [];

    /// <summary>Signals by id; null = deleted.</summary>
    public RowMap<Signal?> Signals { get; } = [];

    /// <summary>States of systems by signal.</summary>
    public RowMap<SystemSnapshot> SystemStates { get; } = [];

    /// <summary>Frames taken by a signal's system, and how many of them are kept.</summary>
    public List<(string SignalId, Frame Frame, int Keep)> Frames { get; } = [];

    /// <summary>Lines of a system's own log.</summary>
    public List<(string SignalId, DateTimeOffset At, JournalLine Line)> SystemLog { get; } = [];

    /// <summary>Points of systems' charts.</summary>
    public List<(string SignalId, ChartChange Change)> Chart { get; } = [];

    /// <summary>Keys of systems' datastores; null = taken away.</summary>
    public List<(string SignalId, string Key, string? Value)> Datastore { get; } = [];

    /// <summary>Damaged states of systems, to be kept aside.</summary>
    public List<(string SignalId, DateTimeOffset At, string Document)> CorruptStates { get; } = [];

    /// <summary>Where signals stand in their market data.</summary>
    public RowMap<FeedMark> Feeds { get; } = [];

    /// <summary>Signals whose stored frames are dropped, because their time frame changed.</summary>
    public List<string> DroppedFrames { get; } = [];

    /// <summary>Days of the account's equity that are over.</summary>
    public List<EquityDay> EquityDays { get; } = [];

    /// <summary>What the gateway is to be told.</summary>
    public List<EngineEvent> Events { get; } = [];

    /// <summary>Events the gateway has.</summary>
    public List<long> TakenEvents { get; } = [];

    /// <summary>Whole bars that came live, for the gateway's history.</summary>
    public List<(LiveSeries Series, Frame Bar)> Bars { get; } = [];

    /// <summary>Bars the gateway has.</summary>
    public List<TakenBars> TakenBars { get; } = [];

    /// <summary>Whether figures of the account (cursor, switch, drift, equity day, configuration) changed.</summary>
    public bool Account { get; set; }

    public bool IsEmpty =>
        !Account && Orders.Count == 0 && Fills.Count == 0 && Positions.Count == 0 && Signals.Count == 0 && Frames.Count == 0
        && DroppedFrames.Count == 0 && Feeds.Count == 0 && EquityDays.Count == 0 && Bars.Count == 0 && TakenBars.Count == 0 && !HasSystemData && !HasEvents;

    /// <summary>Whether there are rows of the way to the gateway.</summary>
    public bool HasEvents => Events.Count > 0 || TakenEvents.Count > 0;

    /// <summary>Whether there are rows of systems' own data.</summary>
    public bool HasSystemData =>
        SystemStates.Count > 0 || SystemLog.Count > 0 || Chart.Count > 0 || Datastore.Count > 0 || CorruptStates.Count > 0;

    /// <summary>The rows are stored: states that nobody asked for need not be written.</summary>
    public void MarkCommitted()
    {
        foreach (var (_, snapshot) in SystemStates)
        {
            snapshot.Commit();
        }
    }

    /// <summary>Begins anew, with no row of any kind.</summary>
    internal void Begin(DateTimeOffset moment)
    {
        At = moment;
        Account = false;
        Orders.Clear();
        Empty(Fills);
        Positions.Clear();
        Signals.Clear();
        SystemStates.Clear();
        Empty(Frames);
        Empty(SystemLog);
        Empty(Chart);
        Empty(Datastore);
        Empty(CorruptStates);
        Feeds.Clear();
        Empty(DroppedFrames);
        Empty(EquityDays);
        Empty(Events);
        Empty(TakenEvents);
        Empty(Bars);
        Empty(TakenBars);
    }

    /// <summary>Room that one input in very many needs is given back.</summary>
    private static void Empty<T>(List<T> rows)
    {
        rows.Clear();
        if (rows.Capacity > MostRoom)
        {
            rows.Capacity = 0;
        }
    }
}
