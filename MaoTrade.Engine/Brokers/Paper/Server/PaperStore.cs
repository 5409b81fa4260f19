using System.Globalization;
using System.Text.Json;
using MaoTrade.Engine.Brokers.Paper.Wire;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// The broker's database. WAL with synchronous=NORMAL: what was committed survives the end of the process; after the end of
/// the machine the last steps may be missing, which a simulator can afford. Amounts are stored as text, exactly.
/// </summary>
internal sealed class PaperStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PaperStatement _begin, _commit, _account, _stream, _position, _noPosition, _order, _fill, _event, _acknowledged,
        _ledger, _ledgerDone;

    public PaperStore(string file)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        _connection.Open();
        using (var schema = _connection.CreateCommand())
        {
            schema.CommandText = PaperSchema.Text;
            schema.ExecuteNonQuery();
        }

        _begin = new PaperStatement(_connection, "BEGIN IMMEDIATE", 0);
        _commit = new PaperStatement(_connection, "COMMIT", 0);
        _account = new PaperStatement(_connection, "INSERT OR REPLACE INTO account VALUES ($1,$2,$3,$4,$5)", 5);
        _stream = new PaperStatement(_connection, "INSERT OR REPLACE INTO stream VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)", 12);
        _position = new PaperStatement(_connection, "INSERT OR REPLACE INTO position VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)", 9);
        _noPosition = new PaperStatement(_connection, "DELETE FROM position WHERE account=$1 AND epic=$2", 2);
        _order = new PaperStatement(
            _connection, "INSERT OR REPLACE INTO orders VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)", 18);
        _fill = new PaperStatement(_connection, "INSERT INTO fill VALUES ($1,$2,$3,$4)", 4);
        _event = new PaperStatement(_connection, "INSERT INTO event VALUES ($1,$2,$3,$4)", 4);
        _acknowledged = new PaperStatement(_connection, "DELETE FROM event WHERE account=$1 AND id=$2", 2);
        _ledger = new PaperStatement(_connection, "INSERT INTO ledger VALUES ($1,$2)", 2);
        _ledgerDone = new PaperStatement(_connection, "DELETE FROM ledger WHERE n<=$1", 1);
    }

    /// <summary>Commits a step; <paramref name="written"/> is the last ledger line that is in the file.</summary>
    public void Commit(PaperStep step, IReadOnlyList<(long N, string Line)> lines, long written)
    {
        _begin.Run();
        foreach (var account in step.Accounts)
        {
            _account.Run(account.Id, Text(account.Cash), account.NextEvent, account.NextDeal, account.NextFill);
        }

        foreach (var s in step.Streams)
        {
            _stream.Run(
                s.Account.Id, s.Epic, s.TimeFrameSeconds, s.Next, s.Bars, s.Opened ? 1L : 0L, s.Worked ? 1L : 0L, s.Ended ? 1L : 0L,
                s.LastFrame, Text(s.LastBid), Text(s.LastAsk), s.Ordinal);
        }

        foreach (var (account, epic) in step.Positions)
        {
            SavePosition(account, epic);
        }

        foreach (var order in step.Orders.Values)
        {
            SaveOrder(order);
        }

        foreach (var row in step.Fills)
        {
            _fill.Run(
                row.Account.Id, row.Number, JsonSerializer.Serialize(row.Fill, PaperJson.Default.Fill),
                row.VisibleAt.ToUnixTimeMilliseconds());
        }

        foreach (var pending in step.Events)
        {
            _event.Run(pending.Account.Id, pending.Id, pending.Stream?.Epic, pending.Frame);
        }

        foreach (var (account, id) in step.Acknowledged)
        {
            _acknowledged.Run(account.Id, id);
        }

        if (lines.Count > 0)
        {
            _ledgerDone.Run(written);
        }

        foreach (var (n, line) in lines)
        {
            _ledger.Run(n, line);
        }

        _commit.Run();
    }

    /// <summary>The newest order of a reference.</summary>
    public PaperOrder? FindOrder(PaperAccount account, string reference)
    {
        using var rows = new PaperRows(_connection, "SELECT * FROM orders WHERE account=$1 AND reference=$2 ORDER BY number DESC LIMIT 1", account.Id, reference);
        return rows.Read() ? rows.Order(account) : null;
    }

    public IReadOnlyList<PaperFillRow> Fills(PaperAccount account, long after, int count)
    {
        var fills = new List<PaperFillRow>();
        using var rows = new PaperRows(
            _connection, "SELECT number, fill, visible_ms FROM fill WHERE account=$1 AND number>$2 ORDER BY number LIMIT $3", account.Id, after, count);
        while (rows.Read())
        {
            fills.Add(new PaperFillRow(
                account, rows.Number(0), JsonSerializer.Deserialize(rows.Text(1), PaperJson.Default.Fill)!,
                DateTimeOffset.FromUnixTimeMilliseconds(rows.Number(2))));
        }

        return fills;
    }

    /// <summary>The ledger lines of the last steps, at least all that may be missing in the file.</summary>
    public IReadOnlyList<(long N, string Line)> LedgerLines()
    {
        var lines = new List<(long, string)>();
        using var rows = new PaperRows(_connection, "SELECT n, line FROM ledger ORDER BY n");
        while (rows.Read())
        {
            lines.Add((rows.Number(0), rows.Text(1)));
        }

        return lines;
    }

    /// <summary>A setting of this database, stored when it is first asked for.</summary>
    public string Setting(string key, Func<string> first)
    {
        using (var rows = new PaperRows(_connection, "SELECT value FROM setting WHERE key=$1", key))
        {
            if (rows.Read())
            {
                return rows.Text(0);
            }
        }

        var value = first();
        SetSetting(key, value);
        return value;
    }

    public void SetSetting(string key, string value) =>
        new PaperStatement(_connection, "INSERT OR REPLACE INTO setting VALUES ($1,$2)", 2).Run(key, value);

    /// <summary>Loads everything the broker keeps in memory.</summary>
    public void Load(PaperBook book) => new PaperLoading(_connection, book).Load();

    public void Dispose() => _connection.Dispose();

    private void SavePosition(PaperAccount account, string epic)
    {
        if (!account.Positions.TryGetValue(epic, out var p))
        {
            _noPosition.Run(account.Id, epic);
            return;
        }

        _position.Run(
            account.Id, epic, Text(p.Qty), Text(p.AvgPrice), p.OpenedAt.ToUnixTimeSeconds(), Text(p.StopPrice), Text(p.LimitPrice),
            p.ArmedFromBar, string.Join(',', p.DealIds));
    }

    private void SaveOrder(PaperOrder order)
    {
        var ticket = order.Ticket;
        _order.Run(
            order.Account.Id, order.Number, ticket.DealReference, order.DealId, ticket.Epic, (int)ticket.Action, (int)ticket.OpType,
            (int)ticket.OrderType, Text(ticket.Qty), Text(ticket.Price), Text(ticket.StopPrice), Text(ticket.LimitPrice),
            (int)order.State, Text(order.Margin), order.AfterBar, order.At.ToUnixTimeMilliseconds(), order.ErrorCode, order.Message);
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);
}
