using System.Data.Common;
using System.Globalization;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Results;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Persistence;

/// <summary>Days and trades of the account, read beside the trade loop. Thread-safe.</summary>
internal sealed class EquityHistory(IStoreReader store, StoreSql sql) : IResultData
{
    private const string Days =
        "SELECT date, start_equity, peak, low, end_equity, max_drawdown FROM equity_days WHERE date >= $1 ORDER BY date";

    private readonly string _trades =
        $"""
        SELECT fills.at, fills.epic, fills.pnl, fills.closed_qty, fills.entry_price, fills.entry_frame, fills.price, fills.moved
        FROM fills LEFT JOIN orders ON orders.deal_reference = fills.deal_reference
        WHERE (fills.pnl IS NOT NULL OR fills.closed_qty IS NOT NULL) AND fills.at >= $1 AND fills.at < $2
          AND ($3 = '' OR orders.`system` = $3)
          AND ($4 = '' OR {sql.JsonText("orders.document", "signalId")} = $4)
        ORDER BY fills.at, fills.rowid
        """;

    /// <summary>A day as it is stored.</summary>
    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public IReadOnlyList<EquityDay> DaysFrom(DateOnly first) => store.Read(
        Days,
        row => new EquityDay(
            DateOnly.ParseExact(row.GetString(0), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            decimal.Parse(row.GetString(1)), decimal.Parse(row.GetString(2)), decimal.Parse(row.GetString(3)), decimal.Parse(row.GetString(4)),
            row.GetDouble(5)),
        Text(first));

    public IReadOnlyList<StoredTrade> TradesOf(DateTimeOffset from, DateTimeOffset to, string? system, string? signalId) => store.Read(
        _trades,
        TradeOf,
        from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), system ?? "", signalId ?? "");

    private static StoredTrade TradeOf(DbDataReader row)
    {
        var qty = Amount(row, 3);
        var entry = Amount(row, 4);
        var exit = decimal.Parse(row.GetString(6));

        // A fill that moves down closes what was long.
        var isLong = decimal.Parse(row.GetString(7)) < 0;
        var difference = isLong ? exit - entry : entry - exit;
        return new StoredTrade(
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1),
            isLong ? OrderOpType.Buy : OrderOpType.Sell, Amount(row, 2) ?? (difference * qty) ?? 0, qty, entry,
            row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(5)), exit);
    }

    private static decimal? Amount(DbDataReader row, int column) => row.IsDBNull(column) ? null : decimal.Parse(row.GetString(column));
}
