using System.Net.Http.Headers;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Auth.Services;

/// <summary>What may be wrong with a signed request whose key is right: each spoils one that was good.</summary>
internal static class SigningFaults
{
    public static IReadOnlyDictionary<string, Action<HttpRequestMessage>> All { get; } = new Dictionary<string, Action<HttpRequestMessage>>(StringComparer.Ordinal)
    {
        ["no key"] = request => request.Headers.Remove("mao-key"),
        ["no timestamp"] = request => request.Headers.Remove("mao-timestamp"),
        ["no nonce"] = request => request.Headers.Remove("mao-nonce"),
        ["no signature"] = request => request.Headers.Remove("mao-signature"),
        ["two nonces"] = request => request.Headers.TryAddWithoutValidation("mao-nonce", "0123456789abcdef"),
        ["unknown key"] = request => SignedRequest.Set(request, "mao-key", "nobody"),
        ["another key's name"] = request => SignedRequest.Set(
            request, "mao-key", request.Headers.GetValues("mao-key").First() == "monitor-key" ? "srv-key" : "monitor-key"),
        ["timestamp changed"] = request => SignedRequest.Set(
            request, "mao-timestamp", (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1).ToString()),
        ["timestamp of letters"] = request => SignedRequest.Set(request, "mao-timestamp", "yesterday"),
        ["timestamp with a sign"] = request => SignedRequest.Set(
            request, "mao-timestamp", "+" + TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()),
        ["nonce changed"] = request => SignedRequest.Set(request, "mao-nonce", "0123456789abcdef"),
        ["nonce too short"] = request => SignedRequest.Set(request, "mao-nonce", "0123456789abcde"),
        ["nonce too long"] = request => SignedRequest.Set(request, "mao-nonce", new string('n', 65)),
        ["signature cut"] = request => SignedRequest.Set(request, "mao-signature", request.Headers.GetValues("mao-signature").First()[..40]),
        ["signature not base64"] = request => SignedRequest.Set(request, "mao-signature", new string('!', 44)),
        ["signature of nothing"] = request => SignedRequest.Set(request, "mao-signature", Convert.ToBase64String(new byte[32])),
        ["body changed"] = request => request.Content = new StringContent("{ }", new MediaTypeHeaderValue("application/json")),
        ["query added"] = request => request.RequestUri = new Uri(request.RequestUri!.OriginalString + "?more=1", UriKind.Relative),
    };
}
