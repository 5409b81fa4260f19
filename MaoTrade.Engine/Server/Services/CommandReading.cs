using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>From the bytes of <c>data</c> to a typed command, or a 400 that names the field.</summary>
internal static class CommandReading
{
    public static bool TryRead<T>(
        ReadOnlySpan<byte> data, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? command, out ServiceReply fault)
        where T : class
    {
        fault = default;
        command = null;
        try
        {
            command = JsonSerializer.Deserialize(data, type);
        }
        catch (JsonException exception)
        {
            var field = exception.Path is { Length: > 2 } path ? path[2..] : "data";
            fault = ServiceReply.Failure(ReplyCode.Malformed, $"{field}: {Reason(exception)}");
        }

        return command is not null;
    }

    private static string Reason(JsonException exception)
    {
        var message = exception.Message;
        var path = message.IndexOf(" Path:", StringComparison.Ordinal);
        return path < 0 ? message : message[..path];
    }
}
