namespace MaoTrade.Market.Charts.Layers;

/// <summary>A closed trade in a chart: from its entry to its exit.</summary>
/// <param name="EntryBar">Bar of its entry.</param>
/// <param name="EntryPrice">Price of its entry.</param>
/// <param name="ExitBar">Bar of its exit.</param>
/// <param name="ExitPrice">Price of its exit.</param>
/// <param name="IsWon">Whether it brought a profit.</param>
public readonly record struct HeldMark(int EntryBar, double EntryPrice, int ExitBar, double ExitPrice, bool IsWon);
