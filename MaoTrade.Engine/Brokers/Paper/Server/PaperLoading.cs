using System.Text.Json;
using MaoTrade.Engine.Brokers.Matching;
using MaoTrade.Engine.Brokers.Paper.Wire;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Brings the accounts of a database back as the last step left them.</summary>
internal sealed class PaperLoading(SqliteConnection connection, PaperBook book)
{
    public void Load()
    {
        using (var rows = new PaperRows(connection, "SELECT * FROM account"))
        {
            while (rows.Read())
            {
                book.Accounts.Add(rows.Text(0), new PaperAccount(rows.Text(0))
                {
                    Cash = rows.Amount(1),
                    NextEvent = rows.Number(2),
                    NextDeal = rows.Number(3),
                    NextFill = rows.Number(4),
                });
            }
        }

        foreach (var account in book.Accounts.Values)
        {
            LoadStreams(account);
            LoadPositions(account);
            LoadOrders(account);
            LoadEvents(account);
        }
    }

    private void LoadStreams(PaperAccount account)
    {
        using var rows = new PaperRows(connection, "SELECT * FROM stream WHERE account=$1", account.Id);
        while (rows.Read())
        {
            if (book.Market.Find(rows.Text(1)) is not { } instrument)
            {
                throw new InvalidDataException($"the account {account.Id} is in {rows.Text(1)}, which the market no longer has");
            }

            account.Streams.Add(instrument.Epic, new PaperStream(account, instrument)
            {
                TimeFrameSeconds = (int)rows.Number(2),
                Next = rows.Number(3),
                Bars = rows.Number(4),
                Opened = rows.Number(5) != 0,
                Worked = rows.Number(6) != 0,
                Ended = rows.Number(7) != 0,
                LastFrame = rows.NumberOrNull(8),
                LastBid = rows.AmountOrNull(9),
                LastAsk = rows.AmountOrNull(10),
                Ordinal = rows.Number(11),
            });
        }
    }

    private void LoadPositions(PaperAccount account)
    {
        using var rows = new PaperRows(connection, "SELECT * FROM position WHERE account=$1", account.Id);
        while (rows.Read())
        {
            var epic = rows.Text(1);
            account.Positions.Add(epic, new HeldPosition(
                epic, rows.Amount(2), rows.Amount(3), DateTimeOffset.FromUnixTimeSeconds(rows.Number(4)))
            {
                StopPrice = rows.AmountOrNull(5),
                LimitPrice = rows.AmountOrNull(6),
                ArmedFromBar = rows.Number(7),
                DealIds = rows.Text(8).Split(','),
            });
        }
    }

    private void LoadOrders(PaperAccount account)
    {
        using var rows = new PaperRows(
            connection, "SELECT * FROM orders WHERE account=$1 AND state=$2 ORDER BY number", account.Id, (int)LookUpKind.Open);
        while (rows.Read())
        {
            account.Working.Add(rows.Order(account));
        }
    }

    private void LoadEvents(PaperAccount account)
    {
        using var rows = new PaperRows(connection, "SELECT id, epic, frame FROM event WHERE account=$1 ORDER BY id", account.Id);
        while (rows.Read())
        {
            var frame = rows.Bytes(2);
            var message = JsonSerializer.Deserialize(frame.AsSpan(0, frame.Length - 1), PaperJson.Default.PaperMessage) as EventMessage;
            var stream = rows.TextOrNull(1) is { } epic ? account.Streams[epic] : null;
            var pending = new PendingEvent(
                account, rows.Number(0), stream, message?.Event ?? throw new InvalidDataException("a stored event is empty"));
            account.Unacknowledged.Add(pending.Id, pending);
            if (stream is not null)
            {
                stream.Unacknowledged++;
            }
        }
    }
}
