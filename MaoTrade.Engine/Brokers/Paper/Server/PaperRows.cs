using System.Globalization;
using MaoTrade.Engine.Orders;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>The rows of one query, by the number of the column; amounts are stored as text.</summary>
internal sealed class PaperRows : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteDataReader _rows;

    public PaperRows(SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters.AddWithValue(PaperStatement.Names[i], values[i]);
        }

        _rows = _command.ExecuteReader();
    }

    public bool Read() => _rows.Read();

    public long Number(int column) => _rows.GetInt64(column);

    public long? NumberOrNull(int column) => _rows.IsDBNull(column) ? null : _rows.GetInt64(column);

    public string Text(int column) => _rows.GetString(column);

    public string? TextOrNull(int column) => _rows.IsDBNull(column) ? null : _rows.GetString(column);

    public byte[] Bytes(int column) => _rows.GetFieldValue<byte[]>(column);

    public decimal Amount(int column) => decimal.Parse(_rows.GetString(column), CultureInfo.InvariantCulture);

    public decimal? AmountOrNull(int column) => _rows.IsDBNull(column) ? null : Amount(column);

    /// <summary>The row as an order: all columns of the table.</summary>
    public PaperOrder Order(PaperAccount account) => new(
        account, Number(1), Text(3), new OrderTicket(
            Text(2), Text(4), (OrderAction)Number(5), (OrderOpType)Number(6), (OrderType)Number(7), Amount(8), AmountOrNull(9),
            AmountOrNull(10), AmountOrNull(11)))
    {
        State = (LookUpKind)Number(12),
        Margin = Amount(13),
        AfterBar = Number(14),
        At = DateTimeOffset.FromUnixTimeMilliseconds(Number(15)),
        ErrorCode = (int)Number(16),
        Message = Text(17),
    };

    public void Dispose()
    {
        _rows.Dispose();
        _command.Dispose();
    }
}
