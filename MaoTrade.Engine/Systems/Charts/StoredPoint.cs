namespace MaoTrade.Engine.Systems.Charts;

/// <summary>A point as the store gives it back, in the order of frames.</summary>
public sealed record StoredPoint(string Area, string Series, long Frame, double Value);
