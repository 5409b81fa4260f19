using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Metastock;

/// <summary>What a data file holds.</summary>
/// <param name="Instrument">Its entry in the index.</param>
/// <param name="Frames">Rows in the order of time, one per time.</param>
/// <param name="Faults">Rows that could not be read, and what else was found; the first thousand by row, the others counted.</param>
public sealed record MetastockSeries(
    MetastockInstrument Instrument, IReadOnlyList<Frame> Frames, IReadOnlyList<MetastockFault> Faults)
{
    /// <summary>Open contracts of each frame; empty where the file has no such column.</summary>
    public IReadOnlyList<decimal> OpenInterest { get; init; } = [];
}
