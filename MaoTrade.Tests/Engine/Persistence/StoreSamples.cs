using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Trading;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>Plain rows for tests of stores.</summary>
internal static class StoreSamples
{
    public static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static Fill Fill(string id, string reference = "R1") => new(
        id, reference, "D1", "EURUSD", OrderAction.OpenPosition, OrderOpType.Buy, OrderType.Market, 1m, 1.1m, null, 60, At);

    public static TradingState State() => new() { Config = new AccountConfig(true, "23:45", new RiskLimits(), 1) };

    public static Order Order(string id, string reference) => new()
    {
        OrderId = id,
        DealReference = reference,
        Epic = "EURUSD",
        Action = OrderAction.OpenPosition,
        OpType = OrderOpType.Buy,
        OrderType = OrderType.Market,
        Qty = 1.50m,
        AuthorType = OrderAuthorType.System,
        Created = At,
        Modified = At,
    };
}
