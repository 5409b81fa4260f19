using System.Buffers;
using System.Globalization;

namespace MaoApi.Auth.Services;

/// <summary>The four headers of a signed request, in the form they must have; what they claim is not yet proven.</summary>
/// <param name="KeyId">The key that is said to have signed.</param>
/// <param name="Timestamp">As sent.</param>
/// <param name="UnixSeconds">The timestamp as a number.</param>
/// <param name="Nonce">As sent.</param>
/// <param name="Signature">32 bytes.</param>
internal sealed record SignedHeaders(string KeyId, string Timestamp, long UnixSeconds, string Nonce, byte[] Signature)
{
    private const int MaxKeyIdLength = 64;
    private const int MaxTimestampLength = 12;
    private const int MinNonceLength = 16;
    private const int MaxNonceLength = 64;

    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    /// <summary>Whether the request says at all that it is signed.</summary>
    public static bool ArePresent(HttpRequest request) => request.Headers.ContainsKey(ServiceSignature.KeyHeader);

    /// <summary>The headers, or null where one is missing, repeated or malformed.</summary>
    public static SignedHeaders? Read(HttpRequest request)
    {
        var keyId = Single(request, ServiceSignature.KeyHeader, 1, MaxKeyIdLength);
        var timestamp = Single(request, ServiceSignature.TimestampHeader, 1, MaxTimestampLength);
        var nonce = Single(request, ServiceSignature.NonceHeader, MinNonceLength, MaxNonceLength);
        var encoded = Single(request, ServiceSignature.SignatureHeader, 1, MaxNonceLength);
        var signature = new byte[ServiceSignature.Bytes];
        if (keyId is null || timestamp is null || nonce is null || encoded is null
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !Convert.TryFromBase64String(encoded, signature, out var written)
            || written != signature.Length)
        {
            return null;
        }

        return new SignedHeaders(keyId, timestamp, seconds, nonce, signature);
    }

    private static string? Single(HttpRequest request, string name, int minLength, int maxLength)
    {
        var header = request.Headers[name];
        return header.Count == 1 && header[0] is { } value && value.Length >= minLength && value.Length <= maxLength
            && !value.AsSpan().ContainsAnyExcept(Visible)
            ? value
            : null;
    }
}
