using MaoApi.Hosting;

namespace MaoApi.Secrets;

/// <summary>Where the keys come from that stored secrets are encrypted with.</summary>
internal sealed record SecretOptions
{
    /// <summary>Folder of keys, 0700. Default <c>keys</c> in the data folder. <c>MAO_KEYS_DIR</c>.</summary>
    public string? KeysFolder { get; init; }

    /// <summary>
    /// Keys given instead of the folder's: <c>id=base64</c> of 32 bytes, comma-separated, the last one encrypts.
    /// <c>MAO_KEYS</c> or <c>MAO_KEYS_FILE</c>.
    /// </summary>
    public IReadOnlyList<GivenKey> Keys { get; init; } = [];

    public static SecretOptions Read(SettingsReader settings) => new()
    {
        KeysFolder = settings.Text("MAO_KEYS_DIR"),
        Keys = ReadKeys(settings),
    };

    private static List<GivenKey> ReadKeys(SettingsReader settings)
    {
        var keys = new List<GivenKey>();
        foreach (var entry in (settings.Secret("MAO_KEYS") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = entry.IndexOf('=', StringComparison.Ordinal);
            var bytes = new byte[KeyRing.KeyBytes];
            if (at < 1
                || entry.AsSpan(0, at).ContainsAnyExcept(GivenKey.IdCharacters)
                || !Convert.TryFromBase64String(entry[(at + 1)..], bytes, out var written)
                || written != KeyRing.KeyBytes
                || keys.Exists(key => key.Id == entry[..at]))
            {
                settings.Fault($"MAO_KEYS: entry {keys.Count + 1} is not id=base64 of {KeyRing.KeyBytes} bytes under an id of its own");
                return [];
            }

            keys.Add(new GivenKey(entry[..at], bytes));
        }

        return keys;
    }
}
