using System.Text.Json;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Client;

/// <summary>The data object of a reply that was too long for its JSON (PROTOCOL.md, Long replies).</summary>
internal static class JsonPayload
{
    public const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>Reads it; memory grows with what arrives, not with what was announced.</summary>
    /// <exception cref="PayloadException">It did not arrive whole.</exception>
    public static async ValueTask<ProxyReply> ReadAsync(
        WireConnection connection, long sizeBytes, ProxyReply reply, CancellationToken cancellationToken)
    {
        await using var content = new PayloadStream(connection, sizeBytes, static _ => ValueTask.CompletedTask);
        using var text = new MemoryStream();
        await content.CopyToAsync(text, cancellationToken);
        var data = text.ToArray();
        var violation = Check(data);
        return violation == WireViolation.None
            ? reply.WithData(data)
            : ProxyReply.Failure(ProxyResult.Protocol, $"a payload of {sizeBytes} bytes of JSON is unusable: {violation}");
    }

    private static WireViolation Check(byte[] data)
    {
        try
        {
            var json = StrictJson.Open(data, new JsonNames());
            while (json.Read())
            {
            }

            return json.Violation;
        }
        catch (JsonException)
        {
            return WireViolation.NotJson;
        }
    }
}
