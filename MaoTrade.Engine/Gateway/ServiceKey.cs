using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MaoTrade.Engine.Gateway;

/// <summary>The key of this engine and its account, from the file the pod wrote.</summary>
internal sealed record ServiceKey(string KeyId, string Secret)
{
    private const int NonceBytes = 16;

    /// <summary>Reads the file anew: a key is rotated while the engine runs.</summary>
    /// <exception cref="IOException">There is no such file, or it holds no key.</exception>
    public static ServiceKey Read(string path)
    {
        try
        {
            var key = JsonSerializer.Deserialize(File.ReadAllBytes(path), GatewayJson.Default.ServiceKey);
            return key is { KeyId.Length: > 0, Secret.Length: > 0 } ? key : throw new IOException($"{path} holds no key");
        }
        catch (Exception fault) when (fault is JsonException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// Signs a request: base64 of HMAC-SHA256 over
    /// <code>
    /// METHOD \n path?query \n hex(SHA-256(body)) \n timestamp \n nonce
    /// </code>
    /// </summary>
    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var text = $"{request.Method.Method}\n{request.RequestUri!.PathAndQuery}\n{hash}\n{timestamp}\n{nonce}";
        request.Headers.Add("mao-key", KeyId);
        request.Headers.Add("mao-timestamp", timestamp);
        request.Headers.Add("mao-nonce", nonce);
        request.Headers.Add("mao-signature", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>Shows no secret.</summary>
    public override string ToString() => $"service key {KeyId}";
}
