using System.Globalization;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading.Results;
using MaoTrade.Market.Figures;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>Days and trades of the account, read beside the trade loop. Thread-safe: one reader at a time.</summary>
internal sealed class EquityHistory : IResultData, IDisposable
{
    private const string Days =
        "SELECT date, start_equity, peak, low, end_equity, max_drawdown FROM equity_days WHERE date >= $1 ORDER BY date";

    private const string Trades =
        """
        SELECT fills.at, fills.epic, fills.pnl, fills.closed_qty, fills.entry_price, fills.entry_frame, fills.price, fills.moved
        FROM fills LEFT JOIN orders ON orders.deal_reference = fills.deal_reference
        WHERE (fills.pnl IS NOT NULL OR fills.closed_qty IS NOT NULL) AND fills.at >= $1 AND fills.at < $2
          AND ($3 = '' OR orders.system = $3)
          AND ($4 = '' OR json_extract(CAST(orders.document AS TEXT), '$.signalId') = $4)
        ORDER BY fills.at, fills.rowid
        """;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;

    public EquityHistory(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        StoreCommands.Execute(_connection, "PRAGMA query_only=ON; PRAGMA busy_timeout=5000");
    }

    /// <summary>A day as it is stored.</summary>
    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public IReadOnlyList<EquityDay> DaysFrom(DateOnly first) => Read(
        Days,
        row => new EquityDay(
            DateOnly.ParseExact(row.GetString(0), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            decimal.Parse(row.GetString(1)), decimal.Parse(row.GetString(2)), decimal.Parse(row.GetString(3)), decimal.Parse(row.GetString(4)),
            row.GetDouble(5)),
        Text(first));

    public IReadOnlyList<StoredTrade> TradesOf(DateTimeOffset from, DateTimeOffset to, string? system, string? signalId) => Read(
        Trades,
        TradeOf,
        from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), system ?? "", signalId ?? "");

    public void Dispose() => _connection.Dispose();

    private static StoredTrade TradeOf(SqliteDataReader row)
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

    private static decimal? Amount(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : decimal.Parse(row.GetString(column));

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> map, params object[] values)
    {
        lock (_lock)
        {
            using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file, no outside text.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue($"${i + 1}", values[i]);
            }

            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(map(reader));
            }

            return rows;
        }
    }
}
