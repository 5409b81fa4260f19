using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers;

/// <summary>Account figures in the account's currency.</summary>
public sealed record BrokerAccount(
    string AccountNameId, string AccountName, AccountStatus Status, string Currency,
    decimal TotalCash, decimal Equity, decimal UsedMargin, decimal Pnl, bool TradingSessionOpen);
