using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using MaoApi.Hosting;

namespace MaoApi.Secrets;

/// <summary>
/// The keys stored secrets are encrypted with, 256 bits each. The newest encrypts, all decrypt, so a key is rotated by adding one. They come
/// from the environment or from files <c>ring-*.key</c> of the keys' folder, which several gateways may share: a key another process added is
/// found when it is first met.
/// </summary>
internal sealed class KeyRing
{
    public const int KeyBytes = 32;

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly FrozenDictionary<string, RingKey>? _given;
    private readonly Lock _lock = new();
    private volatile FrozenDictionary<string, RingKey> _keys;

    public KeyRing(SecretOptions options, DataFolder folder, TimeProvider time)
    {
        _folder = options.KeysFolder ?? folder.Keys;
        _time = time;
        if (options.Keys.Count > 0)
        {
            _given = options.Keys.Select((key, index) => new RingKey(key.Id, key.Bytes, index, null))
                .ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);
            _keys = _given;
            return;
        }

        PrivateFile.CreateFolder(_folder);
        _keys = Read();
        if (_keys.Count == 0)
        {
            Add();
        }
    }

    /// <summary>Whether keys stand in the environment: then they are rotated there, and not here.</summary>
    public bool IsGiven => _given is not null;

    /// <summary>The key that encrypts. Read anew each time: secrets are written seldom, and another process may have added a key.</summary>
    public RingKey Current
    {
        get
        {
            Refresh();
            return Newest(_keys);
        }
    }

    /// <summary>Every key, oldest first.</summary>
    public IReadOnlyList<RingKey> All
    {
        get
        {
            Refresh();
            return [.. _keys.Values.OrderBy(key => key.Order)];
        }
    }

    /// <summary>The key of that id, or null.</summary>
    public RingKey? Find(string keyId)
    {
        if (_keys.TryGetValue(keyId, out var known))
        {
            return known;
        }

        Refresh();
        return _keys.GetValueOrDefault(keyId);
    }

    /// <summary>Makes a new key, which encrypts from now on.</summary>
    /// <exception cref="InvalidOperationException">The keys stand in the environment.</exception>
    public RingKey Add()
    {
        if (IsGiven)
        {
            throw new InvalidOperationException("The keys stand in MAO_KEYS: add the new one there, last.");
        }

        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var after = _keys.Count == 0 ? 0 : Newest(_keys).Order + 1;
            var order = Math.Max(now.ToUnixTimeMilliseconds(), after);
            var id = order.ToString("x12", CultureInfo.InvariantCulture);
            PrivateFile.Write(Path.Combine(_folder, $"ring-{id}.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
            _keys = Read();
            return _keys[id];
        }
    }

    private static RingKey Newest(FrozenDictionary<string, RingKey> keys) => keys.Values.MaxBy(key => key.Order)!;

    private void Refresh()
    {
        if (!IsGiven)
        {
            lock (_lock)
            {
                _keys = Read();
            }
        }
    }

    private FrozenDictionary<string, RingKey> Read() => Directory.GetFiles(_folder, "ring-*.key")
        .Select(ReadKey).ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);

    private static RingKey ReadKey(string path)
    {
        var id = Path.GetFileNameWithoutExtension(path)["ring-".Length..];
        var bytes = Convert.FromBase64String(File.ReadAllText(path));
        if (bytes.Length != KeyBytes || !long.TryParse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var order))
        {
            throw new InvalidDataException($"{path} is not a key of {KeyBytes * 8} bits in base64.");
        }

        return new RingKey(id, bytes, order, DateTimeOffset.FromUnixTimeMilliseconds(order));
    }
}

/// <summary>One key of the ring.</summary>
/// <param name="Id">Stored with every value it encrypted.</param>
/// <param name="Bytes">The key itself.</param>
/// <param name="Order">Newer keys have greater numbers.</param>
/// <param name="Created">When it was made; null where that is not known.</param>
internal sealed record RingKey(string Id, byte[] Bytes, long Order, DateTimeOffset? Created)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"ring key {Id}";
}
