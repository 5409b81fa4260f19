using MaoTrade.Engine.Brokers.Matching;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// Figures of an account: equity = cash + pnl; pnl = Σ quantity · (price it would close at − average); used margin =
/// Σ |quantity| · average · margin rate. Instruments are quoted in the account's currency.
/// </summary>
internal static class PaperFigures
{
    public static BrokerAccount Of(PaperAccount account, PaperBrokerOptions options)
    {
        var pnl = account.Positions.Values.Sum(position => Pnl(account, position));
        return new BrokerAccount(
            account.Id, $"Paper {account.Id}", AccountStatus.Enabled, options.Currency, account.Cash, account.Cash + pnl,
            UsedMargin(account, options), pnl, TradingSessionOpen: true);
    }

    /// <summary>What new orders may still use: equity less margin of positions and of working orders.</summary>
    public static decimal FreeMargin(PaperAccount account, PaperBrokerOptions options) =>
        account.Cash + account.Positions.Values.Sum(position => Pnl(account, position)) - UsedMargin(account, options)
        - account.Working.Sum(order => order.Margin);

    /// <summary>The price a position would close at: the bid of a long one, the ask of a short one.</summary>
    public static decimal LastPrice(PaperAccount account, HeldPosition position) =>
        account.Streams.TryGetValue(position.Epic, out var stream)
            ? (position.Qty > 0 ? stream.LastBid : stream.LastAsk) ?? position.AvgPrice
            : position.AvgPrice;

    private static decimal Pnl(PaperAccount account, HeldPosition position) =>
        position.Qty * (LastPrice(account, position) - position.AvgPrice);

    private static decimal UsedMargin(PaperAccount account, PaperBrokerOptions options) =>
        account.Positions.Values.Sum(position => Math.Abs(position.Qty) * position.AvgPrice) * options.MarginRate;
}
