using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Answers to commands.</summary>
internal static class CommandReplies
{
    public static ServiceReply Ok<T>(T data, JsonTypeInfo<T> type) => ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(data, type));

    /// <summary>454 with every fault of the signal.</summary>
    public static ServiceReply Refused(IReadOnlyList<SignalError> errors) =>
        new(ReplyCode.SignalRefused, errors[0].Message, JsonSerializer.SerializeToUtf8Bytes(
            new ValidationReply(false, errors, []), CommandJson.Default.ValidationReply));

    public static ServiceReply UnknownSystem(string name, SystemCatalog catalog) =>
        ServiceReply.Failure(ReplyCode.SystemNotFound, $"system '{name}' is not known; known are {string.Join(", ", catalog.Names)}");

    public static ServiceReply Malformed(string field, string expected) =>
        ServiceReply.Failure(ReplyCode.Malformed, $"{field}: {expected}");
}
