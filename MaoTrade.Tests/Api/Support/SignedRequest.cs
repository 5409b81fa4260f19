using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaoApi.Auth.Services;

namespace MaoTrade.Tests.Api.Support;

/// <summary>Signs requests as the interface's description says, apart from the gateway's own code.</summary>
internal static class SignedRequest
{
    public static void Sign(HttpRequestMessage request, ServiceKeySecret key, string body, DateTimeOffset now, string? nonce = null)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        nonce ??= Guid.NewGuid().ToString("N");
        var target = request.RequestUri!.OriginalString;
        var text = string.Join('\n', request.Method.Method, target, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body))), timestamp, nonce);
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(key.Secret));
        Set(request, "mao-key", key.KeyId);
        Set(request, "mao-timestamp", timestamp);
        Set(request, "mao-nonce", nonce);
        Set(request, "mao-signature", Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(text))));
    }

    public static void Set(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value).Should().BeTrue();
    }

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
