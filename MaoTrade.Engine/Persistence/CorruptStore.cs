using Microsoft.Data.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>A database that cannot be read: kept for whoever looks into it, and replaced by a new one.</summary>
public static class CorruptStore
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;
    private const long QuickCheckBytes = 64 * 1024 * 1024;

    /// <summary>Whether an error says that the file itself is damaged, not that it is out of reach.</summary>
    public static bool IsDamage(Exception? exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } or DamagedStoreException => true,
        null => false,
        _ => IsDamage(exception.InnerException),
    };

    /// <summary>Looks through a database of moderate size; a larger one shows its damage when it is met.</summary>
    /// <exception cref="System.Data.Common.DbException">It is damaged.</exception>
    public static void Check(string file, string connectionString)
    {
        if (!File.Exists(file) || new FileInfo(Target(file)).Length > QuickCheckBytes)
        {
            return;
        }

        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (check.ExecuteScalar() is string found && found != "ok")
        {
            throw new DamagedStoreException(found);
        }
    }

    /// <summary>Whether the file lies elsewhere and is only linked here: the lock of this folder says nothing about it.</summary>
    public static bool MayBeOfOthers(string file) => File.ResolveLinkTarget(file, returnFinalTarget: false) is not null;

    /// <summary>Moves the database and its companions aside; the new name. For a file nobody has open.</summary>
    public static string KeepAside(string file, DateTimeOffset now)
    {
        var aside = $"{file}.corrupt-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
        foreach (var companion in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(file + companion))
            {
                File.Move(file + companion, aside + companion, overwrite: true);
            }
        }

        return aside;
    }

    /// <summary>The file itself where it is reached through a link.</summary>
    private static string Target(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
}
