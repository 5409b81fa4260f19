using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MaoTrade.Engine.Persistence;

/// <summary>
/// Writes what the account's database ran to the log: the statement with its parameters' names, never their values, and how long it took.
/// SQLite tells it itself, on the thread that ran the statement, so nothing that runs is missed; the log takes no time of it.
/// </summary>
public sealed partial class StatementLog(StatementLogging what, ILogger<StatementLog> logger)
{
    private const int NanosecondsPerTick = 100;

    /// <summary>A statement of an account's own file that takes longer holds the trade loop up.</summary>
    public static readonly TimeSpan SlowTime = TimeSpan.FromMilliseconds(100);

    /// <summary>Writes what runs on an open connection from now on.</summary>
    internal void Follow(SqliteConnection connection)
    {
        if (what != StatementLogging.Off)
        {
            raw.sqlite3_profile(connection.Handle, (_, statement, nanoseconds) => Ran(statement, TimeSpan.FromTicks(nanoseconds / NanosecondsPerTick)), null);
        }
    }

    /// <summary>Statements that went to a server together were run.</summary>
    internal void Ran(DbBatch batch, TimeSpan duration)
    {
        if (what == StatementLogging.All || (what == StatementLogging.Slow && duration >= SlowTime))
        {
            Ran(string.Join("; ", batch.BatchCommands.Select(command => command.CommandText)), duration);
        }
    }

    /// <summary>One statement was run.</summary>
    internal void Ran(string statement, TimeSpan duration)
    {
        if (duration >= SlowTime)
        {
            SlowStatement(logger, duration.TotalMilliseconds, statement);
        }
        else if (what == StatementLogging.All)
        {
            Statement(logger, duration.TotalMilliseconds, statement);
        }
    }

    [LoggerMessage(2840, LogLevel.Information, "Database: {Milliseconds:F3} ms for {Statement}")]
    private static partial void Statement(ILogger logger, double milliseconds, string statement);

    [LoggerMessage(2841, LogLevel.Warning, "Database: {Milliseconds:F3} ms, which is slow, for {Statement}")]
    private static partial void SlowStatement(ILogger logger, double milliseconds, string statement);
}
