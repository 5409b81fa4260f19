using System.Security.Cryptography;
using MaoApi.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace MaoApi.Auth;

/// <summary>
/// The keys of the local issuer: ECDSA P-256, one PEM file each in <c>keys/</c>, readable by the owner alone.
/// The newest signs; tokens of the others are still good, so a key is rotated by adding one.
/// </summary>
internal sealed class SigningKeys : IDisposable
{
    private readonly List<ECDsa> _algorithms = [];

    public SigningKeys(DataFolder folder, TimeProvider time)
    {
        var files = Directory.GetFiles(folder.Keys, "signing-*.pem").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
        {
            files.Add(Create(folder, time));
        }

        All = [.. files.Select(Read)];
        Current = All[^1];
    }

    /// <summary>The key new tokens are signed with.</summary>
    public ECDsaSecurityKey Current { get; }

    public IReadOnlyList<ECDsaSecurityKey> All { get; }

    public void Dispose() => _algorithms.ForEach(algorithm => algorithm.Dispose());

    private static string Create(DataFolder folder, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = Path.Combine(folder.Keys, $"signing-{time.GetUtcNow():yyyyMMddHHmmss}.pem");
        PrivateFile.Write(path, key.ExportPkcs8PrivateKeyPem());
        return path;
    }

    private ECDsaSecurityKey Read(string path)
    {
        var key = ECDsa.Create();
        _algorithms.Add(key);
        key.ImportFromPem(File.ReadAllText(path));
        return new ECDsaSecurityKey(key) { KeyId = Path.GetFileNameWithoutExtension(path) };
    }
}
