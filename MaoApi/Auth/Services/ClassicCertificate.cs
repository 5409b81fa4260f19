using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Auth.Services;

/// <summary>
/// The header <c>service-cert</c> of classic services: <c>base64(SHA-256("{phrase} @: yyyy-MM-ddTHH:mm"))</c> of this minute or the one before,
/// UTC. Whoever has seen one may use it again for two minutes and for any request, so it opens reading alone.
/// </summary>
internal sealed class ClassicCertificate(ClassicCertificateOptions options, TimeProvider time)
{
    public const string Header = "service-cert";

    public static readonly ServiceCaller Caller = new(Header, Data.Entities.ServiceScopes.Services, null);

    /// <summary>The only route it opens beside GET: its question is too long for an address.</summary>
    private const string MarketDataRoute = "/srv/ticker/market-data";

    public static bool Opens(AccessLevel level, string method, RouteEndpoint route) =>
        level == AccessLevel.Service && (HttpMethods.IsGet(method) || route.RoutePattern.RawText == MarketDataRoute);

    /// <summary>Whether the request carries a certificate of now. Every candidate is compared, whatever the first comparison says.</summary>
    public bool IsValid(HttpRequest request)
    {
        var sent = new byte[SHA256.HashSizeInBytes];
        var header = request.Headers[Header];
        if (options.Phrase is not { } phrase || header.Count != 1 || header[0] is not { } value
            || !Convert.TryFromBase64String(value, sent, out var written) || written != sent.Length)
        {
            return false;
        }

        var now = time.GetUtcNow();
        return CryptographicOperations.FixedTimeEquals(sent, Of(phrase, now))
            | CryptographicOperations.FixedTimeEquals(sent, Of(phrase, now - TimeSpan.FromMinutes(1)));
    }

    private static byte[] Of(string phrase, DateTimeOffset minute) => SHA256.HashData(
        Encoding.UTF8.GetBytes($"{phrase} @: {minute.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)}"));
}
