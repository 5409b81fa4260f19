using MaoTrade.Engine.Brokers;

namespace MaoTrade.Engine.Trading;

/// <summary>The three witnesses about one order: look-up, fills and positions, asked in this order.</summary>
/// <param name="LookUp">Answer to the look-up by deal reference.</param>
/// <param name="Fills">Fills since our cursor; null = no answer or not asked.</param>
/// <param name="Portfolio">Positions; null = no answer or not asked.</param>
public sealed record OrderProof(LookUpAnswer LookUp, FillPage? Fills, BrokerPortfolio? Portfolio);
