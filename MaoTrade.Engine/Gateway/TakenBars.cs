namespace MaoTrade.Engine.Gateway;

/// <summary>Bars the gateway has, or never will.</summary>
/// <param name="Series">Whose.</param>
/// <param name="First">Start of the first, Unix seconds.</param>
/// <param name="Last">Start of the last.</param>
public sealed record TakenBars(LiveSeries Series, long First, long Last);
