using System.Collections.Frozen;
using System.Collections.ObjectModel;
using MaoApi.Data;

namespace MaoApi.Pods;

/// <summary>The database of one engine, in its own words.</summary>
/// <param name="Variables">Variables of the engine; an empty one counts as missing.</param>
/// <param name="PasswordFile">The file of the user's password on this machine; null where nobody asks for one.</param>
internal sealed record EngineDatabase(IReadOnlyDictionary<string, string> Variables, string? PasswordFile)
{
    /// <summary>A file of its own, whatever this process was told about databases.</summary>
    public static readonly FrozenDictionary<string, string> File =
        ((string[])["DB_HOSTNAME", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_PASSWORD_FILE", "DB_POOL"])
            .ToDictionary(name => name, _ => "", StringComparer.Ordinal)
            .Append(new KeyValuePair<string, string>("DB_PROVIDER", DatabaseProviders.Sqlite))
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The engine's own defaults.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unsaid = ReadOnlyDictionary<string, string>.Empty;
}
