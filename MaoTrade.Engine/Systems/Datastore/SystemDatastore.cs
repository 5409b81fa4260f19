namespace MaoTrade.Engine.Systems.Datastore;

/// <summary>
/// Texts by key that a system shares with the people who watch it: both read and write. Bounded. Owned by the trade loop.
/// </summary>
public sealed class SystemDatastore
{
    /// <summary>Keys of one signal.</summary>
    public const int MostKeys = 100;

    /// <summary>Characters of a key.</summary>
    public const int LongestKey = 64;

    /// <summary>Characters of a value.</summary>
    public const int LongestValue = 16_384;

    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, string?> _changes = [];

    /// <summary>All keys and values.</summary>
    public IReadOnlyDictionary<string, string> All => _values;

    /// <summary>The value of a key, or null.</summary>
    public string? Read(string key) => _values.GetValueOrDefault(key);

    /// <summary>Sets a value; null takes it away. Stored with the call it was set in.</summary>
    /// <exception cref="ArgumentException">It breaks a bound; the message says which.</exception>
    public void Write(string key, string? value)
    {
        if (Fault(key, value) is { } fault)
        {
            throw new ArgumentException(fault, nameof(key));
        }

        if (value is null)
        {
            _values.Remove(key);
        }
        else
        {
            _values[key] = value;
        }

        _changes[key] = value;
    }

    /// <summary>Why a value may not be written, naming the field; null when it may.</summary>
    public string? Fault(string key, string? value)
    {
        if (KeyFault(key) is { } fault)
        {
            return fault;
        }

        if (value?.Length > LongestValue)
        {
            return $"value: at most {LongestValue} characters are expected, not {value.Length}";
        }

        return value is not null && !_values.ContainsKey(key) && _values.Count == MostKeys
            ? $"key: a signal has at most {MostKeys} keys"
            : null;
    }

    /// <summary>Why a key cannot be one; null when it can.</summary>
    public static string? KeyFault(string? key) =>
        key is { Length: > 0 and <= LongestKey } && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            ? null
            : $"key: 1 to {LongestKey} of A–Z, a–z, 0–9, _, . and - are expected";

    /// <summary>Takes a stored value back.</summary>
    internal void Restore(string key, string value) => _values[key] = value;

    /// <summary>What was written since the last call; null = taken away.</summary>
    internal IReadOnlyList<KeyValuePair<string, string?>> TakeChanges()
    {
        if (_changes.Count == 0)
        {
            return [];
        }

        KeyValuePair<string, string?>[] changes = [.. _changes];
        _changes.Clear();
        return changes;
    }
}
