using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading;

/// <summary>The rows of one input: all of them are committed, or none. Owned by the trade loop.</summary>
public sealed class ChangeSet
{
    /// <summary>New or changed orders by id, each with how many of its steps are stored already: the others are new.</summary>
    public Dictionary<string, (Order Order, int StoredSteps)> Orders { get; } = [];

    public List<Fill> Fills { get; } = [];

    /// <summary>Positions by epic; null = flat.</summary>
    public Dictionary<string, Position?> Positions { get; } = [];

    /// <summary>Signals by id; null = deleted.</summary>
    public Dictionary<string, Signal?> Signals { get; } = [];

    /// <summary>States of systems by signal, as JSON.</summary>
    public Dictionary<string, string> SystemStates { get; } = [];

    /// <summary>Frames taken by a signal's system, and how many of them are kept.</summary>
    public List<(string SignalId, Frame Frame, int Keep)> Frames { get; } = [];

    /// <summary>Lines of a system's own log.</summary>
    public List<(string SignalId, DateTimeOffset At, string Message)> SystemLog { get; } = [];

    /// <summary>Signals whose stored frames are dropped, because their time frame changed.</summary>
    public List<string> DroppedFrames { get; } = [];

    /// <summary>Whether figures of the account (cursor, switch, drift, equity day, configuration) changed.</summary>
    public bool Account { get; set; }

    public bool IsEmpty =>
        Orders.Count == 0 && Fills.Count == 0 && Positions.Count == 0 && Signals.Count == 0 && SystemStates.Count == 0
        && Frames.Count == 0 && SystemLog.Count == 0 && DroppedFrames.Count == 0 && !Account;
}
