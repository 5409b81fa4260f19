using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>
/// The right to trade an account, kept in its database: whoever shares the database obeys it, on whatever machine. The holder
/// beats in every commit and every <see cref="BeatPeriod"/> when idle; a beat that finds another holder fails its commit.
/// A taker on another machine waits until the beat has stood still for <see cref="Standstill"/> on its own clock; clocks are
/// never compared. Within one folder the lock file has proven already that the former holder is dead.
/// <see cref="IsFresh"/> may be read by any thread, everything else belongs to the trade loop.
/// </summary>
/// <param name="folderId">Identity of the folder whose lock this process holds.</param>
/// <param name="time">Monotonic time.</param>
public sealed class StoreLease(string folderId, TimeProvider time)
{
    /// <summary>Longest time between two beats.</summary>
    public static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(5);

    /// <summary>How old the last beat may be for an order to leave.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    /// <summary>How long a beat must stand still before the holder counts as dead.</summary>
    public static readonly TimeSpan Standstill = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly string _token = Guid.NewGuid().ToString("N");
    private long _lastBeat = long.MinValue;

    /// <summary>Whether the last beat is young enough for an order to leave. Thread-safe.</summary>
    public bool IsFresh => Age < Freshness;

    /// <summary>Whether it was taken from a process that did not give it back: that one did not end in order.</summary>
    public bool TookOver { get; private set; }

    /// <summary>Whether it is time for a beat without a commit.</summary>
    public bool IsBeatDue => Age >= BeatPeriod;

    private TimeSpan Age => Volatile.Read(ref _lastBeat) is var last && last == long.MinValue ? TimeSpan.MaxValue : time.GetElapsedTime(last);

    /// <summary>Takes the lease; false when another process holds it and lives. A database without the table has no holder.</summary>
    public async Task<bool> TakeAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        StoreCommands.Execute(connection, "PRAGMA busy_timeout=5000");
        if (!HasTable(connection))
        {
            return true;
        }

        var seen = Read(connection);
        var since = time.GetTimestamp();
        while (!(seen.Holder.Length == 0 || seen.Holder == _token || seen.Folder == folderId) && time.GetElapsedTime(since) < Standstill)
        {
            await Task.Delay(Look, time, cancellationToken);
            var now = Read(connection);
            if (now.Holder == seen.Holder && now.Beat != seen.Beat)
            {
                return false;
            }

            if (now.Holder != seen.Holder)
            {
                // Somebody else took it meanwhile, and lives until its own beat has stood still.
                since = time.GetTimestamp();
            }

            seen = now;
        }

        return TrySwap(connection, seen);
    }

    /// <summary>Beats within the holder's transaction.</summary>
    /// <exception cref="LeaseLostException">Another process holds the account: nothing may be committed.</exception>
    internal void Beat(PreparedCommand beat)
    {
        if (beat.Run(_token) != 1)
        {
            throw new LeaseLostException();
        }
    }

    /// <summary>The beat that began then is committed.</summary>
    internal void Confirm(long beganTimestamp) => Volatile.Write(ref _lastBeat, beganTimestamp);

    /// <summary>When a beat begins: its age counts from here.</summary>
    internal long Begin() => time.GetTimestamp();

    /// <summary>Gives the lease back, so that nobody has to wait.</summary>
    public void Release(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var release = connection.CreateCommand();
        release.CommandText = "UPDATE lease SET holder = '' WHERE id = 1 AND holder = $token";
        release.Parameters.AddWithValue("$token", _token);
        release.ExecuteNonQuery();
    }

    private static bool HasTable(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'lease'";
        return command.ExecuteScalar() is 1L;
    }

    private static (string Holder, string Folder, long Beat) Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT holder, folder, beat FROM lease WHERE id = 1";
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetString(0), row.GetString(1), row.GetInt64(2)) : ("", "", 0);
    }

    private bool TrySwap(SqliteConnection connection, (string Holder, string Folder, long Beat) seen)
    {
        var began = Begin();
        using var command = connection.CreateCommand();
        command.CommandText =
            "UPDATE lease SET holder = $token, folder = $folder, beat = beat + 1 WHERE id = 1 AND holder = $holder AND beat = $beat";
        command.Parameters.AddWithValue("$token", _token);
        command.Parameters.AddWithValue("$folder", folderId);
        command.Parameters.AddWithValue("$holder", seen.Holder);
        command.Parameters.AddWithValue("$beat", seen.Beat);
        if (command.ExecuteNonQuery() != 1)
        {
            return false;
        }

        TookOver |= seen.Holder.Length > 0 && seen.Holder != _token;
        Confirm(began);
        return true;
    }
}
