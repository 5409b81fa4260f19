namespace MaoTrade.Engine.Orders;

/// <summary>What a fill closed of the position it met.</summary>
/// <param name="Qty">Positive quantity closed.</param>
/// <param name="EntryPrice">Average price of the position.</param>
/// <param name="EntryUnixSeconds">Market time the position was opened.</param>
public sealed record Closing(decimal Qty, decimal EntryPrice, long EntryUnixSeconds);
