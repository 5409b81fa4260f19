using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Metastock;

/// <summary>What a data file holds.</summary>
/// <param name="Instrument">Its entry in the index.</param>
/// <param name="Frames">Rows in the order of time.</param>
/// <param name="Faults">Rows that could not be read, and what else was found.</param>
public sealed record MetastockSeries(
    MetastockInstrument Instrument, IReadOnlyList<Frame> Frames, IReadOnlyList<MetastockFault> Faults);
