using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Secrets;

/// <summary>
/// Encrypts what is kept secret in the database: AES-256-GCM with a nonce per value. The owner is authenticated with it, so that a value
/// copied into another row does not open. Stored: <c>1.{key id}.{base64url of nonce, tag and cipher text}</c>.
/// </summary>
internal sealed class SecretBox(KeyRing ring)
{
    private const string Format = "1";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Encrypts a secret with the newest key.</summary>
    /// <param name="owner">What the value belongs to, such as <c>account/demo1</c>.</param>
    /// <param name="text">The secret.</param>
    public string Seal(string owner, string text)
    {
        var key = ring.Current;
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Bytes, TagBytes);
        aes.Encrypt(
            nonce,
            plain,
            sealedBytes.AsSpan(NonceBytes + TagBytes),
            sealedBytes.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(owner));
        CryptographicOperations.ZeroMemory(plain);
        return $"{Format}.{key.Id}.{Base64Url.EncodeToString(sealedBytes)}";
    }

    /// <summary>Decrypts a secret of that owner.</summary>
    /// <exception cref="SecretUnreadableException">The key is not in the ring, or the value is damaged or somebody else's.</exception>
    public string Open(string owner, string stored)
    {
        var parts = stored.Split('.');
        if (parts is not [Format, var keyId, var encoded])
        {
            throw new SecretUnreadableException(owner, "it is not in the form secrets are stored in");
        }

        var key = ring.Find(keyId) ?? throw new SecretUnreadableException(owner, $"its key {keyId} is not in the key ring");
        try
        {
            var bytes = Base64Url.DecodeFromChars(encoded);
            var plain = new byte[bytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key.Bytes, TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes),
                bytes.AsSpan(NonceBytes + TagBytes),
                bytes.AsSpan(NonceBytes, TagBytes),
                plain,
                Encoding.UTF8.GetBytes(owner));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or OverflowException)
        {
            throw new SecretUnreadableException(owner, "it is damaged, or was stored for something else");
        }
    }

    /// <summary>Whether the value was encrypted with this key.</summary>
    public static bool IsSealedWith(RingKey key, string stored) => stored.StartsWith(Prefix(key), StringComparison.Ordinal);

    /// <summary>What every value encrypted with this key begins with.</summary>
    public static string Prefix(RingKey key) => $"{Format}.{key.Id}.";
}

/// <summary>A stored secret that cannot be decrypted; the message never holds the secret.</summary>
internal sealed class SecretUnreadableException(string owner, string why) : Exception($"The secret of {owner} cannot be read: {why}.");
