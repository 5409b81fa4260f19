using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading;

/// <summary>The rows of one input: all of them are committed, or none. Owned by the trade loop.</summary>
public sealed class ChangeSet
{
    private Dictionary<string, (Order Order, int StoredSteps)>? _orders;
    private List<Fill>? _fills;
    private Dictionary<string, Position?>? _positions;
    private Dictionary<string, Signal?>? _signals;
    private Dictionary<string, string>? _systemStates;
    private List<(string SignalId, Frame Frame, int Keep)>? _frames;
    private List<(string SignalId, DateTimeOffset At, string Message)>? _systemLog;
    private List<string>? _droppedFrames;
    private Dictionary<string, FeedMark>? _feeds;

    /// <summary>New or changed orders by id, each with how many of its steps are stored already: the others are new.</summary>
    public Dictionary<string, (Order Order, int StoredSteps)> Orders => _orders ??= [];

    public List<Fill> Fills => _fills ??= [];

    /// <summary>Positions by epic; null = flat.</summary>
    public Dictionary<string, Position?> Positions => _positions ??= [];

    /// <summary>Signals by id; null = deleted.</summary>
    public Dictionary<string, Signal?> Signals => _signals ??= [];

    /// <summary>States of systems by signal, as JSON.</summary>
    public Dictionary<string, string> SystemStates => _systemStates ??= [];

    /// <summary>Frames taken by a signal's system, and how many of them are kept.</summary>
    public List<(string SignalId, Frame Frame, int Keep)> Frames => _frames ??= [];

    /// <summary>Lines of a system's own log.</summary>
    public List<(string SignalId, DateTimeOffset At, string Message)> SystemLog => _systemLog ??= [];

    /// <summary>Where signals stand in their market data.</summary>
    public Dictionary<string, FeedMark> Feeds => _feeds ??= [];

    /// <summary>Signals whose stored frames are dropped, because their time frame changed.</summary>
    public List<string> DroppedFrames => _droppedFrames ??= [];

    /// <summary>Whether figures of the account (cursor, switch, drift, equity day, configuration) changed.</summary>
    public bool Account { get; set; }

    /// <summary>Collections are made at their first use: most inputs change one kind of row, or none.</summary>
    public bool IsEmpty =>
        _orders is null && _fills is null && _positions is null && _signals is null && _systemStates is null
        && _frames is null && _systemLog is null && _droppedFrames is null && _feeds is null && !Account;
}
