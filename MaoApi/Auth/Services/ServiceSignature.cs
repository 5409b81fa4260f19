using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Auth.Services;

/// <summary>
/// What a service signs:
/// <code>
/// METHOD \n path?query \n hex(SHA-256(body)) \n timestamp \n nonce
/// </code>
/// with HMAC-SHA256 under the UTF-8 bytes of its secret. None of the parts can hold a line feed, so no two requests share a text.
/// </summary>
internal static class ServiceSignature
{
    public const string KeyHeader = "mao-key";
    public const string TimestampHeader = "mao-timestamp";
    public const string NonceHeader = "mao-nonce";
    public const string SignatureHeader = "mao-signature";

    public const int Bytes = HMACSHA256.HashSizeInBytes;

    /// <summary>The text to sign.</summary>
    /// <param name="method">In capitals.</param>
    /// <param name="target">Path and query as they stand in the request line.</param>
    /// <param name="bodyHash">SHA-256 of the body; of nothing where there is none.</param>
    /// <param name="timestamp">Unix seconds, as sent.</param>
    /// <param name="nonce">As sent.</param>
    public static byte[] Text(string method, string target, ReadOnlySpan<byte> bodyHash, string timestamp, string nonce) =>
        Encoding.UTF8.GetBytes($"{method}\n{target}\n{Convert.ToHexStringLower(bodyHash)}\n{timestamp}\n{nonce}");

    /// <summary>The signature in bytes; it is sent in base64.</summary>
    public static byte[] Compute(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> text) => HMACSHA256.HashData(secret, text);
}
