namespace MaoApi.MarketData;

/// <summary>Bars of an answer that lie together.</summary>
/// <param name="ReadAsync">Their text, and that of their neighbours; null where they were written anew meanwhile.</param>
/// <param name="Begin">The first of them.</param>
/// <param name="End">The one after the last of them.</param>
internal sealed record HistoryPiece(Func<CancellationToken, ValueTask<BarText?>> ReadAsync, int Begin, int End);

/// <summary>The bars of an answer.</summary>
/// <param name="Count">How many there are; fewer than were asked for where there are no more.</param>
/// <param name="Pieces">Ascending.</param>
internal sealed record HistoryStretch(int Count, IReadOnlyList<HistoryPiece> Pieces);
