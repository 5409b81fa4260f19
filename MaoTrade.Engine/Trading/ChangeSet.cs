using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading;

/// <summary>The rows of one input: all of them are committed, or none. Owned by the trade loop.</summary>
/// <param name="at">Wall time of the decision, for the record.</param>
public sealed class ChangeSet(DateTimeOffset at = default)
{
    private Dictionary<string, (Order Order, int StoredSteps)>? _orders;
    private List<Fill>? _fills;
    private Dictionary<string, Position?>? _positions;
    private Dictionary<string, Signal?>? _signals;
    private Dictionary<string, SystemSnapshot>? _systemStates;
    private List<(string SignalId, Frame Frame, int Keep)>? _frames;
    private List<(string SignalId, DateTimeOffset At, JournalLine Line)>? _systemLog;
    private List<(string SignalId, ChartChange Change)>? _chart;
    private List<(string SignalId, string Key, string? Value)>? _datastore;
    private List<(string SignalId, DateTimeOffset At, string Document)>? _corruptStates;
    private List<string>? _droppedFrames;
    private Dictionary<string, FeedMark>? _feeds;

    /// <summary>Wall time of the decision, for the record.</summary>
    public DateTimeOffset At => at;

    /// <summary>New or changed orders by id, each with how many of its steps are stored already: the others are new.</summary>
    public Dictionary<string, (Order Order, int StoredSteps)> Orders => _orders ??= [];

    public List<Fill> Fills => _fills ??= [];

    /// <summary>Positions by epic; null = flat.</summary>
    public Dictionary<string, Position?> Positions => _positions ??= [];

    /// <summary>Signals by id; null = deleted.</summary>
    public Dictionary<string, Signal?> Signals => _signals ??= [];

    /// <summary>States of systems by signal.</summary>
    public Dictionary<string, SystemSnapshot> SystemStates => _systemStates ??= [];

    /// <summary>Frames taken by a signal's system, and how many of them are kept.</summary>
    public List<(string SignalId, Frame Frame, int Keep)> Frames => _frames ??= [];

    /// <summary>Lines of a system's own log.</summary>
    public List<(string SignalId, DateTimeOffset At, JournalLine Line)> SystemLog => _systemLog ??= [];

    /// <summary>Points of systems' charts.</summary>
    public List<(string SignalId, ChartChange Change)> Chart => _chart ??= [];

    /// <summary>Keys of systems' datastores; null = taken away.</summary>
    public List<(string SignalId, string Key, string? Value)> Datastore => _datastore ??= [];

    /// <summary>Damaged states of systems, to be kept aside.</summary>
    public List<(string SignalId, DateTimeOffset At, string Document)> CorruptStates => _corruptStates ??= [];

    /// <summary>Where signals stand in their market data.</summary>
    public Dictionary<string, FeedMark> Feeds => _feeds ??= [];

    /// <summary>Signals whose stored frames are dropped, because their time frame changed.</summary>
    public List<string> DroppedFrames => _droppedFrames ??= [];

    /// <summary>Whether figures of the account (cursor, switch, drift, equity day, configuration) changed.</summary>
    public bool Account { get; set; }

    /// <summary>Collections are made at their first use: most inputs change one kind of row, or none.</summary>
    public bool IsEmpty =>
        _orders is null && _fills is null && _positions is null && _signals is null && _systemStates is null
        && _frames is null && _systemLog is null && _droppedFrames is null && _chart is null && _datastore is null && _corruptStates is null && _feeds is null
        && !Account;

    /// <summary>Whether there are rows of systems' own data.</summary>
    public bool HasSystemData =>
        _systemStates is not null || _systemLog is not null || _chart is not null || _datastore is not null || _corruptStates is not null;

    /// <summary>The rows are stored: states that nobody asked for need not be written.</summary>
    public void MarkCommitted()
    {
        if (_systemStates is not null)
        {
            foreach (var snapshot in _systemStates.Values)
            {
                snapshot.Commit();
            }
        }
    }

    /// <summary>What was written, for a reader that makes no empty collections: null = nothing of that kind.</summary>
    internal ChangedRows Rows => new(_orders, _fills, _positions, _signals, _systemStates, _frames, _droppedFrames);
}
