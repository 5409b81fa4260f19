using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Notices.Channels.Webhook;

/// <summary>
/// How a receiver knows that a message is ours: <c>mao-signature</c> is the base64 of HMAC-SHA256 over
/// <c>mao-timestamp</c> (Unix seconds), a line feed and the body, by the secret of that user and address.
/// </summary>
internal static class WebhookSignature
{
    public const string TimestampHeader = "mao-timestamp";
    public const string SignatureHeader = "mao-signature";
    public const string DeliveryHeader = "mao-delivery";

    public static string Create(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp + "\n"));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
