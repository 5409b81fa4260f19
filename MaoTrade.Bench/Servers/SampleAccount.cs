using System.Collections.Immutable;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Trading;

namespace MaoTrade.Bench.Servers;

/// <summary>An account with two open positions: a portfolio of about 1 KB.</summary>
internal static class SampleAccount
{
    public const string AccountId = "bench1";

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static TradingState State()
    {
        Position[] positions =
        [
            Position("EURUSD", 1500, 1.08215m, 1.08342m, "MacdCrossover", "01JNB5Y7X0V3Q4M8S6T2R9W1KC"),
            Position("GBPUSD", -800, 1.27404m, 1.27361m, "FUTM", "01JNB5Y7X0V3Q4M8S6T2R9W1KD"),
        ];
        return new TradingState
        {
            Version = 48_213,
            Stage = EngineStage.Ready,
            Config = new AccountConfig(TradingEnabled: true, "23:45", new RiskLimits(), Version: 1),
            Account = new BrokerAccount(
                AccountId, "Bench 1: a portfolio", AccountStatus.Enabled, "EUR", 100_241.37m, 100_243.62m, 1_204.18m, 2.25m, TradingSessionOpen: true),
            AccountAt = Noon,
            BrokerConnected = true,
            Frame = Noon.ToUnixTimeSeconds(),
            LastFrameAt = Noon,
            MarketTime = Noon,
            Positions = positions.ToImmutableSortedDictionary(position => position.Epic, position => position, StringComparer.Ordinal),
        };
    }

    private static Position Position(string epic, decimal qty, decimal price, decimal last, string system, string signalId) => new()
    {
        Epic = epic,
        Qty = qty,
        AvgPrice = price,
        LastPrice = last,
        StopPrice = price * 0.98m,
        LimitPrice = price * 1.04m,
        DealIds = ["DIAAAAQ7X2K4NAM", "DIAAAAQ7X2K4NAN"],
        System = system,
        SignalId = signalId,
        OpenedAt = Noon.AddHours(-3),
    };
}
