namespace MaoTrade.Engine.Systems.Charts;

/// <summary>A point of a series.</summary>
/// <param name="Frame">Start of the frame it belongs to, Unix seconds.</param>
/// <param name="Value">Its height.</param>
public readonly record struct ChartPoint(long Frame, double Value);
