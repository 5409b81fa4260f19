using MaoTrade.Engine.Trading.Results;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Persistence;

/// <summary>What the account brought so far, read beside the trade loop. Thread-safe.</summary>
public interface IResultData
{
    /// <summary>Equity of the days that are over, from a day on, oldest first.</summary>
    IReadOnlyList<EquityDay> DaysFrom(DateOnly first);

    /// <summary>Trades closed in [from, to), oldest first.</summary>
    /// <param name="from">Market time.</param>
    /// <param name="to">Market time.</param>
    /// <param name="system">Only of orders of this trading system; null = of all.</param>
    /// <param name="signalId">Only of orders of this signal; null = of all.</param>
    IReadOnlyList<StoredTrade> TradesOf(DateTimeOffset from, DateTimeOffset to, string? system, string? signalId);
}
