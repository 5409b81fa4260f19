using System.Net.Http.Headers;
using System.Text.Json;
using MaoApi.Outbound;

namespace MaoApi.Notices.Channels;

/// <summary>What is the same in calls of every channel's server.</summary>
internal static class ServerFaults
{
    private const int TooManyRequests = 429;
    private const int RequestTimeout = 408;
    private const int FirstServerFault = 500;

    public static HttpContent Json(byte[] body) =>
        new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } };

    /// <summary>Whether the server says that another attempt may work.</summary>
    public static bool IsPassing(int status) => status is TooManyRequests or RequestTimeout or >= FirstServerFault;

    /// <summary>Runs an attempt; a server that cannot be reached is tried again later.</summary>
    public static async Task<SendResult> AttemptAsync(Func<Task<SendResult>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (OutboundRefusedException refused)
        {
            return SendResult.Refused(refused.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutException or IOException)
        {
            return SendResult.Later(fault.Message);
        }
    }

    /// <summary>The JSON object of an answer; null where it is none.</summary>
    public static JsonElement? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    public static string? Text(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
