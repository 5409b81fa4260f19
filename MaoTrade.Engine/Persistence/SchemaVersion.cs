namespace MaoTrade.Engine.Persistence;

/// <summary>Which migrations a database has, without asking EF Core, which takes its time.</summary>
internal static class SchemaVersion
{
    private const string History = "__EFMigrationsHistory";

    /// <summary>Whether it has all migrations of this program.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="migrations">Those of this program.</param>
    /// <exception cref="StoreRefusedException">It has others too: a later program changed what this one would write.</exception>
    public static bool IsCurrent(IStoreConnection connection, IReadOnlyCollection<string> migrations)
    {
        if (!connection.HasTable(History))
        {
            return false;
        }

        var applied = connection.Read($"SELECT MigrationId FROM {History}", row => row.GetString(0));
        var later = applied.Except(migrations, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return later.Length == 0
            ? applied.Count == migrations.Count
            : throw new StoreRefusedException(
                $"the database is of a later version of this program ({string.Join(", ", later)}); start that one, or restore the copy taken before the upgrade");
    }
}
