using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using MaoApi.Hosting;
using MaoApi.Secrets;
using Microsoft.IdentityModel.Tokens;

namespace MaoApi.Auth;

/// <summary>
/// The keys of the local issuer: ECDSA P-256, one PEM file each in the folder of keys, readable by the owner alone.
/// The newest signs; tokens of the others are still good, so a key is rotated by adding one. What another process added is found.
/// </summary>
internal sealed class SigningKeys : IDisposable
{
    private const string Prefix = "signing-";
    private const string TimeFormat = "yyyyMMddHHmmss";

    /// <summary>How often the folder is looked at, at most: a new key signs at once here, and elsewhere soon.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<ECDsa> _algorithms = [];
    private volatile FrozenDictionary<string, ECDsaSecurityKey> _keys = FrozenDictionary<string, ECDsaSecurityKey>.Empty;
    private long _lookedAt;

    public SigningKeys(SecretOptions options, DataFolder folder, TimeProvider time)
    {
        _folder = options.KeysFolder ?? folder.Keys;
        _time = time;
        PrivateFile.CreateFolder(_folder);
        Look();
        if (_keys.Count == 0)
        {
            Add();
        }
    }

    /// <summary>The key new tokens are signed with.</summary>
    public ECDsaSecurityKey Current
    {
        get
        {
            LookSometimes();
            return _keys.Values.MaxBy(key => key.KeyId, StringComparer.Ordinal)!;
        }
    }

    /// <summary>The key of that id, or null. A stranger may ask for any: the folder is looked at only now and then.</summary>
    public ECDsaSecurityKey? Find(string? keyId)
    {
        if (keyId is null)
        {
            return null;
        }

        if (!_keys.ContainsKey(keyId))
        {
            LookSometimes();
        }

        return _keys.GetValueOrDefault(keyId);
    }

    /// <summary>When the newest key was made.</summary>
    public DateTimeOffset Created => DateTimeOffset.ParseExact(
        Current.KeyId[Prefix.Length..], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Makes a new key, which signs from now on.</summary>
    public void Add()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = Path.Combine(_folder, $"{Prefix}{_time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture)}.pem");
        PrivateFile.Write(path, key.ExportPkcs8PrivateKeyPem());
        Look();
    }

    /// <summary>Removes keys that no token in use can have been signed with: a newer one is older than any token lives.</summary>
    /// <returns>How many.</returns>
    public int RemoveOld(TimeSpan tokenLifetime)
    {
        var limit = Prefix + (_time.GetUtcNow() - tokenLifetime).ToString(TimeFormat, CultureInfo.InvariantCulture);
        var old = _keys.Keys.Where(keyId => string.CompareOrdinal(keyId, limit) < 0).Order(StringComparer.Ordinal).ToList();
        foreach (var keyId in old.SkipLast(1))
        {
            File.Delete(Path.Combine(_folder, keyId + ".pem"));
        }

        return Math.Max(0, old.Count - 1);
    }

    public void Dispose() => _algorithms.ForEach(algorithm => algorithm.Dispose());

    private void LookSometimes()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookInterval)
        {
            Look();
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            var keys = Directory.GetFiles(_folder, Prefix + "*.pem").Select(Path.GetFileNameWithoutExtension).OfType<string>()
                .Select(keyId => _keys.GetValueOrDefault(keyId) ?? Read(keyId))
                .ToFrozenDictionary(key => key.KeyId, StringComparer.Ordinal);
            _keys = keys;
            Volatile.Write(ref _lookedAt, _time.GetTimestamp());
        }
    }

    private ECDsaSecurityKey Read(string keyId)
    {
        var key = ECDsa.Create();
        _algorithms.Add(key);
        key.ImportFromPem(File.ReadAllText(Path.Combine(_folder, keyId + ".pem")));
        return new ECDsaSecurityKey(key) { KeyId = keyId };
    }
}
