namespace MaoTrade.Market.Figures;

/// <summary>What an account is worth at one moment.</summary>
/// <param name="UnixSeconds">The moment: in a test the start of the bar at whose close it is.</param>
/// <param name="Value">Cash and open positions at what they would close at, in the account's currency.</param>
public readonly record struct EquityPoint(long UnixSeconds, decimal Value);
