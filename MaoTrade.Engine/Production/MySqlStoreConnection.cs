using System.Data.Common;
using MaoTrade.Engine.Persistence;
using MySqlConnector;

namespace MaoTrade.Engine.Production;

/// <summary>
/// The connection that writes. Statements wait and go together, so that a transaction costs two ways to the server and not
/// one for each row: the lease first, then everything else with the commit. The server stops at the first that fails, before
/// the commit.
/// </summary>
internal sealed class MySqlStoreConnection : IStoreConnection
{
    /// <summary>Text that waits at most; a server takes 16 MB and more at once.</summary>
    private const int MostWaiting = 1 << 20;

    private readonly MySqlConnection _connection;
    private readonly int _seconds;
    private readonly List<MySqlBatchCommand> _waiting = [];
    private readonly StatementLog? _statements;
    private long _waitingLength;
    private bool _isInTransaction;

    /// <summary>Takes over an open connection.</summary>
    /// <param name="connection">Open, and nobody else's.</param>
    /// <param name="seconds">What is sent and not answered in that time fails.</param>
    /// <param name="statements">Writes what is run to the log; null = nothing does.</param>
    public MySqlStoreConnection(MySqlConnection connection, int seconds, StatementLog? statements) =>
        (_connection, _seconds, _statements) = (connection, seconds, statements);

    public IStoreStatement Prepare(string sql) => new MySqlStatement(this, MySqlText.Of(sql));

    public void Begin()
    {
        _isInTransaction = true;
        Add("START TRANSACTION", []);
    }

    public void Commit()
    {
        Add("COMMIT", []);
        try
        {
            Send();
        }
        catch (DbException exception) when (!MySqlFault.IsRefusal(exception))
        {
            throw new CommitUnknownException(exception);
        }

        _isInTransaction = false;
    }

    public void Rollback()
    {
        _waiting.Clear();
        _waitingLength = 0;
        if (!_isInTransaction)
        {
            return;
        }

        _isInTransaction = false;
        try
        {
            Add("ROLLBACK", []);
            Send();
        }
        catch (DbException)
        {
            // The server undoes what a lost connection began; what failed before is said.
            _waiting.Clear();
        }
    }

    public bool HasTable(string name) => Read(
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = $1", row => row.GetInt64(0), name)[0] == 1;

    public List<T> Read<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object> values)
    {
        try
        {
            Send();
            return MySqlReader.Read(_connection, sql, map, values);
        }
        catch (Exception exception) when (MySqlFault.IsLost(exception))
        {
            throw new MySqlFault(exception);
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Puts a statement behind those that wait.</summary>
    internal void Add(string sql, ReadOnlySpan<object> values)
    {
        var command = new MySqlBatchCommand(sql);
        MySqlText.Add(command.Parameters, values);
        _waiting.Add(command);
        _waitingLength += sql.Length;
        foreach (var value in values)
        {
            _waitingLength += value switch { string text => text.Length, byte[] text => text.Length, _ => sizeof(long) };
        }

        if (_waitingLength > MostWaiting)
        {
            Send();
        }
    }

    /// <summary>Sends everything that waits, and says how many rows this one met.</summary>
    internal int Count(string sql, ReadOnlySpan<object> values)
    {
        // A transaction's begin meets no row, and need not go alone.
        if (_waiting.Count > 1)
        {
            Send();
        }

        Add(sql, values);
        return Send();
    }

    private int Send()
    {
        if (_waiting.Count == 0)
        {
            return 0;
        }

        try
        {
            // A batch does not take over the connection's own limit, and without one waits for ever.
            using var batch = new MySqlBatch(_connection) { Timeout = _seconds };
            foreach (var command in _waiting)
            {
                batch.BatchCommands.Add(command);
            }

            var began = TimeProvider.System.GetTimestamp();
            var met = batch.ExecuteNonQuery();
            _statements?.Ran(batch, TimeProvider.System.GetElapsedTime(began));
            return met;
        }
        catch (Exception exception) when (MySqlFault.IsLost(exception))
        {
            throw new MySqlFault(exception);
        }
        finally
        {
            _waiting.Clear();
            _waitingLength = 0;
        }
    }
}
