namespace MaoTrade.Engine.Systems.Charts;

/// <summary>A point to store with the frame it came of.</summary>
/// <param name="Series">Where it belongs.</param>
/// <param name="Point">The point; it takes the place of one of the same frame.</param>
/// <param name="DropThrough">Frame up to which older points are beyond the bound; null = none.</param>
public readonly record struct ChartChange(ChartSeries Series, ChartPoint Point, long? DropThrough);
