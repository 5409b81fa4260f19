using System.Collections.Frozen;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Persistence.Sqlite;

namespace MaoTrade.Engine.Persistence;

/// <summary>The kinds of databases an account can lie in, and those of this build.</summary>
internal static partial class StoreProviders
{
    public const string Sqlite = "sqlite";
    public const string MySql = "mysql";

    /// <summary>Every kind, built in or not.</summary>
    public static readonly IReadOnlyList<string> Known = [Sqlite, MySql];

    /// <summary>The kinds in this build, and how each is made of its options, the account's folder and the log of statements.</summary>
    public static readonly FrozenDictionary<string, Func<StoreOptions, string, StatementLog?, IStoreDatabase>> Built = Find();

    /// <summary>The adapters of the production stack; without them there is nothing to add.</summary>
    static partial void AddProduction(Dictionary<string, Func<StoreOptions, string, StatementLog?, IStoreDatabase>> built);

    private static FrozenDictionary<string, Func<StoreOptions, string, StatementLog?, IStoreDatabase>> Find()
    {
        var built = new Dictionary<string, Func<StoreOptions, string, StatementLog?, IStoreDatabase>>(StringComparer.Ordinal)
        {
            [Sqlite] = (_, folder, statements) => SqliteStoreDatabase.At(Path.Combine(folder, "mt.db"), statements),
        };
        AddProduction(built);
        return built.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
