using MaoApi.Logs;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MaoApi.Production;

/// <summary>
/// The log archive that Fluentd fills, <c>maologs.logs</c>: searched, and cleared of what is too old. Ids of events are those Fluentd's
/// driver gives them, ascending by the second in which they were written and within it as they came.
/// </summary>
internal sealed class MongoLogStore : ILogStore, IDisposable
{
    private const string Database = "maologs";
    private const string Collection = "logs";
    private const int MostConnections = 20;

    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long the servers are looked for: an archive that is away is said at once, and asked for again with the next question.</summary>
    private static readonly TimeSpan SearchLimit = TimeSpan.FromSeconds(1.5);

    /// <summary>A reader of what is new stays so far behind: until then an event with a lower id may still come in.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly MongoClient _client;
    private readonly IMongoCollection<BsonDocument> _logs;
    private readonly TimeProvider _time;
    private volatile bool _hasIndexes;

    public MongoLogStore(LogStoreOptions options, TimeProvider time)
    {
        var url = UrlOf(options);
        var settings = MongoClientSettings.FromUrl(url);
        settings.ApplicationName = "maoapi";
        settings.ServerSelectionTimeout = SearchLimit;
        settings.ConnectTimeout = SearchLimit;
        settings.SocketTimeout = QuestionLimit;
        settings.MaxConnectionPoolSize = MostConnections;
        settings.ReadPreference = ReadPreference.PrimaryPreferred;
        _time = time;
        _client = new MongoClient(settings);
        _logs = _client.GetDatabase(url.DatabaseName ?? Database).GetCollection<BsonDocument>(Collection);
    }

    /// <summary>Whether the driver can read the address.</summary>
    public static bool CanRead(LogStoreOptions options)
    {
        try
        {
            return UrlOf(options) is not null;
        }
        catch (Exception fault) when (fault is MongoException or ArgumentException or FormatException)
        {
            return false;
        }
    }

    public bool IsId(string text) => ObjectId.TryParse(text, out _);

    public Task<IReadOnlyList<LogRecord>> SearchAsync(LogFilter filter, LogCursor? before, int limit, CancellationToken cancellationToken)
    {
        var conditions = MongoLogQuery.Of(filter);
        if (before is { } cursor)
        {
            conditions.Add(MongoLogQuery.Before(cursor));
        }

        return AskAsync(token => FindAsync(conditions, new BsonDocument { ["timestamp"] = -1, ["_id"] = -1 }, limit, token), cancellationToken);
    }

    public Task<LogSlice> ReadAfterAsync(LogFilter filter, string after, int limit, CancellationToken cancellationToken) => AskAsync(
        async token =>
        {
            var last = await LastAsync(token);
            var first = ObjectId.Parse(after);
            if (last <= first)
            {
                return new LogSlice([], after);
            }

            var conditions = MongoLogQuery.Of(filter);
            conditions.Add(MongoLogQuery.Between(first, last));
            var records = await FindAsync(conditions, new BsonDocument("_id", 1), limit, token);
            return new LogSlice(records, records.Count == limit ? records[^1].Id : last.ToString());
        },
        cancellationToken);

    public Task<string> LastIdAsync(CancellationToken cancellationToken) =>
        AskAsync(async token => (await LastAsync(token)).ToString(), cancellationToken);

    public Task<int> DeleteBeforeAsync(DateTimeOffset time, int most, CancellationToken cancellationToken) => AskAsync(
        async token =>
        {
            var old = await _logs.Find(new BsonDocument("timestamp", new BsonDocument("$lt", new BsonDateTime(time.UtcDateTime))))
                .Sort(new BsonDocument("timestamp", 1)).Limit(most).Project(new BsonDocument("_id", 1)).ToListAsync(token);
            return old.Count == 0
                ? 0
                : (int)(await _logs.DeleteManyAsync(
                    new BsonDocument("_id", new BsonDocument("$in", new BsonArray(old.Select(document => document["_id"])))), token)).DeletedCount;
        },
        cancellationToken);

    public void Dispose() => _client.Dispose();

    private static MongoUrl UrlOf(LogStoreOptions options)
    {
        var url = new MongoUrlBuilder(options.MongoUri);
        url.Password = options.MongoPassword ?? url.Password;
        return url.ToMongoUrl();
    }

    private async Task<IReadOnlyList<LogRecord>> FindAsync(BsonArray conditions, BsonDocument order, int limit, CancellationToken cancellationToken)
    {
        var filter = conditions.Count == 0 ? [] : new BsonDocument("$and", conditions);
        var found = await _logs.Find(filter, new FindOptions { MaxTime = QuestionLimit }).Sort(order).Limit(limit).ToListAsync(cancellationToken);
        return [.. found.Select(MongoLogDocument.Record)];
    }

    /// <summary>The last event no other can come before any more.</summary>
    private async Task<ObjectId> LastAsync(CancellationToken cancellationToken)
    {
        var settled = MongoLogQuery.FirstOf(_time.GetUtcNow() - Settling);
        var last = await _logs.Find(new BsonDocument("_id", new BsonDocument("$lt", settled)))
            .Sort(new BsonDocument("_id", -1)).Project(new BsonDocument("_id", 1)).FirstOrDefaultAsync(cancellationToken);
        return last?["_id"].AsObjectId ?? ObjectId.Empty;
    }

    private async Task EnsureIndexesAsync(CancellationToken cancellationToken)
    {
        if (_hasIndexes)
        {
            return;
        }

        try
        {
            await _logs.Indexes.CreateManyAsync(MongoLogQuery.Indexes, cancellationToken);
        }
        catch (MongoCommandException)
        {
            // Whoever may only read does so with the indexes there are.
        }

        _hasIndexes = true;
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> question, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(QuestionLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await EnsureIndexesAsync(either.Token);
            return await question(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LogStoreException("the log archive did not answer in time");
        }
        catch (TimeoutException fault)
        {
            // The driver's own message tells the history of the cluster.
            throw new LogStoreException("no server of the log archive answers", fault);
        }
        catch (MongoException fault)
        {
            throw new LogStoreException(fault.Message, fault);
        }
    }
}
