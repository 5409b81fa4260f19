using System.Collections.Frozen;
using MaoApi.Hosting;

namespace MaoApi.Logs;

/// <summary>The kinds of log stores there are, and those of this build.</summary>
internal static partial class LogStores
{
    public const string Embedded = "embedded";
    public const string MongoDb = "mongodb";

    /// <summary>Every kind, built in or not.</summary>
    public static readonly IReadOnlyList<string> Known = [Embedded, MongoDb];

    /// <summary>The kinds in this build, and how each is made.</summary>
    public static readonly FrozenDictionary<string, Func<LogStoreOptions, DataFolder, TimeProvider, ILogStore>> Built = Find();

    /// <summary>Says what an adapter of this build cannot use.</summary>
    public static void Check(LogStoreOptions options, Action<string> fault) => CheckProduction(options, fault);

    /// <summary>The adapters of the production stack; without them there is nothing to add.</summary>
    static partial void AddProduction(Dictionary<string, Func<LogStoreOptions, DataFolder, TimeProvider, ILogStore>> built);

    static partial void CheckProduction(LogStoreOptions options, Action<string> fault);

    private static FrozenDictionary<string, Func<LogStoreOptions, DataFolder, TimeProvider, ILogStore>> Find()
    {
        var built = new Dictionary<string, Func<LogStoreOptions, DataFolder, TimeProvider, ILogStore>>(StringComparer.Ordinal)
        {
            [Embedded] = (_, folder, time) => new SqliteLogStore(folder, time),
        };
        AddProduction(built);
        return built.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
