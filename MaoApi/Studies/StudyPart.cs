using MaoApi.Data.History;

namespace MaoApi.Studies;

/// <summary>What a computation found, to be stored.</summary>
/// <param name="TickerKey">The first ticker.</param>
/// <param name="Definition">See <see cref="Study.Definition"/>.</param>
/// <param name="Sources">See <see cref="Study.Sources"/>.</param>
/// <param name="Version">Of the study's row when it was read; 0 where there was none.</param>
/// <param name="From">Values from here on are replaced, Unix seconds; null where nothing changed.</param>
/// <param name="Values">The values from there on, ascending.</param>
internal sealed record StudyPart(
    int TickerKey, string Definition, byte[] Sources, long Version, long? From, IReadOnlyList<StudyValue> Values)
{
    /// <summary>For people.</summary>
    public string Message { get; init; } = "";
}

/// <summary>What became of storing it.</summary>
internal enum StudyStored
{
    Done,

    /// <summary>Stored, but the symbol to export it as is a ticker of something else.</summary>
    ExportTaken,

    /// <summary>Somebody else stored values since; nothing was stored.</summary>
    Late,
}
