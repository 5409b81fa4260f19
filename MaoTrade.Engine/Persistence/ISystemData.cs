using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;

namespace MaoTrade.Engine.Persistence;

/// <summary>What a store holds of trading systems, read beside the trade loop. Thread-safe.</summary>
public interface ISystemData
{
    /// <summary>The stored state of a signal's system and when it was stored, UTC; null when there is none.</summary>
    (string Document, DateTimeOffset SavedAt)? StateOf(string signalId);

    /// <summary>Series of a signal's chart with their points, oldest first; areas and series in order of their names.</summary>
    IReadOnlyList<(string Area, string Name, SeriesKind Kind, IReadOnlyList<ChartPoint> Points)> ChartOf(string signalId);

    /// <summary>Lines of a system's log, oldest first, behind a number.</summary>
    /// <param name="signalId">The signal.</param>
    /// <param name="after">Number behind which they are; 0 = from the first that is kept.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<(long Number, DateTimeOffset At, JournalLine Line)> LogOf(string signalId, long after, int limit);

    /// <summary>A value of a system's datastore; null when there is none.</summary>
    string? ValueOf(string signalId, string key);
}
