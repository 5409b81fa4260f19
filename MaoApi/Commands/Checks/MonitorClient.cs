using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaoApi.Auth.Services;
using MaoApi.Commands.Rest;

namespace MaoApi.Commands.Checks;

/// <summary>What the gateway tells who watches it: requests signed with a key of scope <c>monitor</c>.</summary>
internal static class MonitorClient
{
    private const string NonceAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int NonceLength = 32;

    public static async Task<JsonElement> GetAsync(Uri url, string path, ServiceKeySecret key, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var api = new ApiClient(url, time);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Sign(request.Headers, "GET", path, key, time);
        using var response = await api.OpenAsync(request, cancellationToken);
        return await ApiClient.DataOfAsync(response, cancellationToken);
    }

    private static void Sign(HttpRequestHeaders headers, string method, string target, ServiceKeySecret key, TimeProvider time)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetString(NonceAlphabet, NonceLength);
        var text = ServiceSignature.Text(method, target, SHA256.HashData([]), timestamp, nonce);
        headers.Add(ServiceSignature.KeyHeader, key.KeyId);
        headers.Add(ServiceSignature.TimestampHeader, timestamp);
        headers.Add(ServiceSignature.NonceHeader, nonce);
        headers.Add(ServiceSignature.SignatureHeader, Convert.ToBase64String(ServiceSignature.Compute(Encoding.UTF8.GetBytes(key.Secret), text)));
    }
}
