namespace MaoTrade.Market.Metastock;

/// <summary>What a check of a folder found.</summary>
/// <param name="Instruments">Entries of the index.</param>
/// <param name="Readable">Those that have rows.</param>
/// <param name="Rows">Rows that can be used, of all of them.</param>
/// <param name="Faults">Everything wrong, by file and row: the index first, then the files in the order of their numbers.</param>
public sealed record MetastockCheckReport(int Instruments, int Readable, long Rows, IReadOnlyList<MetastockFault> Faults);
