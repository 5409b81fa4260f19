using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Trading;

/// <summary>Figures of the account as they are stored, one row, with every commit.</summary>
public sealed record StoredAccount(
    long Version, AccountConfig Config, string? FillCursor, bool Blocked, long Drift, long Frame,
    DateTimeOffset? LastFrameAt, DateTimeOffset MarketTime, EquityDay? Equity, string? BlockReason = null, bool Liquidates = false,
    DateOnly? TradingDay = null)
{
    public static StoredAccount Of(TradingState state) => new(
        state.Version, state.Config, state.FillCursor, state.Blocked, state.Drift, state.Frame,
        state.LastFrameAt, state.MarketTime, state.Equity, state.BlockReason, state.Liquidates, state.TradingDay);
}
