using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading;

/// <summary>Reply of srvId 3 (contract: P).</summary>
public sealed record PortfolioView(
    string AccountId, long Version, bool Stale, DateTimeOffset AsOf, long Frame, bool Blocked, int UnknownOrders,
    AccountView Account, IEnumerable<Position> Positions)
{
    public static PortfolioView Of(TradingState state, string accountId, bool stale, DateTimeOffset now) => new(
        accountId, state.Version, stale, now, state.Frame, state.Blocked, state.UnknownOrders,
        AccountView.Of(state, accountId), state.Positions.Values);
}

/// <summary>The account's figures within <see cref="PortfolioView"/>.</summary>
public sealed record AccountView(
    string AccountNameId, string AccountName, AccountStatus Status, string Currency, decimal TotalCash, decimal Equity,
    decimal UsedMargin, decimal Pnl, bool Connected, bool FeedAvailable, bool TradingSessionOpen, DateTimeOffset? LastUpdate)
{
    public static AccountView Of(TradingState state, string accountId)
    {
        var account = state.Account ?? new BrokerAccount(accountId, accountId, AccountStatus.Undefined, "", 0, 0, 0, 0, false);
        return new AccountView(
            account.AccountNameId, account.AccountName, account.Status, account.Currency, account.TotalCash, account.Equity,
            account.UsedMargin, account.Pnl, state.BrokerConnected, state.HasFeed,
            account.TradingSessionOpen, state.AccountAt);
    }
}
