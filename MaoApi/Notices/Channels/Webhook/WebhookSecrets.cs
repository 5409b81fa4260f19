using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MaoApi.Hosting;

namespace MaoApi.Notices.Channels.Webhook;

/// <summary>
/// The secret a user shares with a receiver. It follows from the installation's own by the user and the address: nothing is stored, a new
/// address has a new secret, and one receiver can sign for no other. Thread-safe.
/// </summary>
internal sealed class WebhookSecrets
{
    private const int KeyBytes = 32;

    private readonly byte[] _key;

    public WebhookSecrets(WebhookOptions options, DataFolder folder)
    {
        _key = options.Secret is { } given ? SHA256.HashData(Encoding.UTF8.GetBytes(given)) : OfFolder(Path.Combine(folder.Keys, "webhook.key"));
    }

    /// <summary>The secret of one receiver, to be shown to its user.</summary>
    public string Of(int userKey, string url)
    {
        var input = new byte[sizeof(int) + Encoding.UTF8.GetByteCount(url)];
        BinaryPrimitives.WriteInt32BigEndian(input, userKey);
        Encoding.UTF8.GetBytes(url, input.AsSpan(sizeof(int)));
        return "whsec_" + Convert.ToHexStringLower(HMACSHA256.HashData(_key, input));
    }

    private static byte[] OfFolder(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        }

        return Convert.FromBase64String(File.ReadAllText(path));
    }
}
