using Microsoft.Data.Sqlite;

namespace MaoApi.Backups;

/// <summary>SQLite databases in a back-up: each as it stood at one moment, while others go on writing it.</summary>
internal static class DatabaseCopy
{
    private static readonly byte[] Header = "SQLite format 3\0"u8.ToArray();

    public static bool IsDatabase(Stream file)
    {
        Span<byte> begin = stackalloc byte[16];
        var read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return begin[..read].SequenceEqual(Header);
    }

    /// <summary>Copies a database into a new file and proves the copy.</summary>
    /// <exception cref="BackupException">It is damaged, or stays locked.</exception>
    public static void Make(string database, string copy)
    {
        try
        {
            // Read and write: a reader of a write-ahead log takes part in its locks.
            using (var source = Open(database, SqliteOpenMode.ReadWrite))
            {
                using var command = source.CreateCommand();
                command.CommandText = "VACUUM INTO $copy";
                command.Parameters.AddWithValue("$copy", copy);
                command.CommandTimeout = 0;
                command.ExecuteNonQuery();
            }

            Check(copy);
        }
        catch (SqliteException fault)
        {
            throw new BackupException($"{database}: {fault.Message}", fault);
        }
    }

    private static void Check(string copy)
    {
        using var connection = Open(copy, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        command.CommandTimeout = 0;
        if (command.ExecuteScalar() is not "ok")
        {
            throw new BackupException($"{copy}: the copy is damaged");
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
