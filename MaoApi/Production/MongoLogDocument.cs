using MaoApi.Logs;
using MongoDB.Bson;

namespace MaoApi.Production;

/// <summary>An event as Fluentd keeps it. Other programs write there as well: what is missing or of another type does no harm.</summary>
internal static class MongoLogDocument
{
    public static LogRecord Record(BsonDocument document) => new()
    {
        Id = document["_id"].ToString()!,
        App = Text(document, "app") ?? "",
        Account = Text(document, "mtaccount") ?? "",
        Machine = Text(document, "compname") ?? "",
        Module = Text(document, "module") ?? "",
        FuncName = Text(document, "funcName"),
        LineNumber = document.TryGetValue("lineno", out var line) && line.IsNumeric ? line.ToInt32() : null,
        LevelName = Text(document, "levelName") ?? "INFO",
        Thread = Text(document, "thread"),
        Topic = Text(document, "topic"),
        TopicId = Text(document, "topicId"),
        Message = Text(document, "message") ?? "",
        StackTrace = Text(document, "stacktrace"),
        Timestamp = document.TryGetValue("timestamp", out var time) && time.IsBsonDateTime
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.AsBsonDateTime.MillisecondsSinceEpoch)
            : document["_id"].IsObjectId ? new DateTimeOffset(document["_id"].AsObjectId.CreationTime) : DateTimeOffset.UnixEpoch,
        FileLog = Text(document, "fileLog"),
        Rid = Text(document, "rid"),
        Event = Text(document, "event"),
    };

    private static string? Text(BsonDocument document, string field) =>
        document.TryGetValue(field, out var value) && !value.IsBsonNull ? value.IsString ? value.AsString : value.ToString() : null;
}
