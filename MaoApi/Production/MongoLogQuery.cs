using System.Text.RegularExpressions;
using MaoApi.Logs;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MaoApi.Production;

/// <summary>A question to the log archive: conditions are documents, so nothing typed is an operator.</summary>
internal static partial class MongoLogQuery
{
    private const string Letter = @"[\p{L}\p{N}]";
    private const string NoLetter = @"[^\p{L}\p{N}]";

    /// <summary>The orders events are asked for in.</summary>
    public static readonly IReadOnlyList<CreateIndexModel<BsonDocument>> Indexes =
    [
        new(new BsonDocument { ["timestamp"] = -1, ["_id"] = -1 }),
        new(new BsonDocument { ["mtaccount"] = 1, ["timestamp"] = -1, ["_id"] = -1 }),
        new(new BsonDocument { ["rid"] = 1, ["timestamp"] = -1 }, new CreateIndexOptions { Sparse = true }),
    ];

    public static BsonArray Of(LogFilter filter)
    {
        var conditions = new BsonArray();
        if (filter.Level is { } level)
        {
            conditions.Add(new BsonDocument("levelName", new BsonDocument("$in", new BsonArray(LogLevels.AtLeast(level)))));
        }

        Add("app", filter.App);
        Add("mtaccount", filter.Account);
        Add("rid", filter.Rid);
        Add("timestamp", filter.From is { } from ? new BsonDocument("$gte", new BsonDateTime(from.UtcDateTime)) : null);
        Add("timestamp", filter.To is { } to ? new BsonDocument("$lt", new BsonDateTime(to.UtcDateTime)) : null);
        if (filter.Text is { } text)
        {
            conditions.AddRange(Words(text));
        }

        return conditions;

        void Add(string field, BsonValue? value)
        {
            if (value is not null)
            {
                conditions.Add(new BsonDocument(field, value));
            }
        }
    }

    public static BsonDocument Before(LogCursor cursor)
    {
        var time = new BsonDateTime(cursor.UnixMilliseconds);
        return new BsonDocument("$or", new BsonArray
        {
            new BsonDocument("timestamp", new BsonDocument("$lt", time)),
            new BsonDocument { ["timestamp"] = time, ["_id"] = new BsonDocument("$lt", ObjectId.Parse(cursor.Id)) },
        });
    }

    public static BsonDocument Between(ObjectId after, ObjectId last) =>
        new("_id", new BsonDocument { ["$gt"] = after, ["$lte"] = last });

    /// <summary>The lowest id of a second.</summary>
    public static ObjectId FirstOf(DateTimeOffset time) =>
        ObjectId.Parse($"{(uint)Math.Clamp(time.ToUnixTimeSeconds(), 0, uint.MaxValue):x8}{new string('0', 16)}");

    /// <summary>
    /// One condition for each word: it stands whole in message or stack trace, the last may be the beginning of one. What joins letters
    /// in a word, as in <c>a.b</c>, may be any other sign. Text without a word finds nothing.
    /// </summary>
    private static IEnumerable<BsonDocument> Words(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Parts().Matches(word).Select(part => part.Value).ToArray()).Where(parts => parts.Length > 0).ToArray();
        return words.Length == 0
            ? [new BsonDocument("_id", ObjectId.Empty)]
            : words.Select((parts, n) => Stands($"(^|{NoLetter}){string.Join(NoLetter + "+", parts)}{(n == words.Length - 1 ? "" : $"($|{NoLetter})")}"));
    }

    private static BsonDocument Stands(string pattern)
    {
        var expression = new BsonRegularExpression(pattern, "i");
        return new BsonDocument("$or", new BsonArray { new BsonDocument("message", expression), new BsonDocument("stacktrace", expression) });
    }

    [GeneratedRegex(Letter + "+", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Parts();
}
