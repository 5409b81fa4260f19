namespace MaoTrade.Market.Charts;

/// <summary>A figure above the charts.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">As people read it.</param>
/// <param name="Mood">Above 0 good, below bad, 0 neither.</param>
public sealed record SheetFigure(string Name, string Value, int Mood = 0);
