using System.Collections.Frozen;
using MaoApi.Hosting;

namespace MaoApi.Data;

/// <summary>The kinds of databases there are, and those of this build.</summary>
internal static partial class DatabaseProviders
{
    public const string Sqlite = "sqlite";
    public const string MySql = "mysql";

    /// <summary>Every kind, built in or not.</summary>
    public static readonly IReadOnlyList<string> Known = [Sqlite, MySql];

    /// <summary>The kinds in this build, and how each is made.</summary>
    public static readonly FrozenDictionary<string, Func<DatabaseOptions, DataFolder, IDatabaseProvider>> Built = Find();

    /// <summary>The adapters of the production stack; without them there is nothing to add.</summary>
    static partial void AddProduction(Dictionary<string, Func<DatabaseOptions, DataFolder, IDatabaseProvider>> built);

    private static FrozenDictionary<string, Func<DatabaseOptions, DataFolder, IDatabaseProvider>> Find()
    {
        var built = new Dictionary<string, Func<DatabaseOptions, DataFolder, IDatabaseProvider>>(StringComparer.Ordinal)
        {
            [Sqlite] = (_, folder) => new SqliteDatabase(folder),
        };
        AddProduction(built);
        return built.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
