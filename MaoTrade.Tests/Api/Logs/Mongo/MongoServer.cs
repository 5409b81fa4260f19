using System.Buffers.Binary;
using System.Net.Sockets;
using MaoApi.Logs;

namespace MaoTrade.Tests.Api.Logs.Mongo;

/// <summary>Writes events into a MongoDB server as Fluentd does: each with an id of its own and its time as a date. A database of its own.</summary>
internal sealed class MongoServer(string address) : IAsyncDisposable
{
    private const int OpMessage = 2013;
    private const int HeaderBytes = 16;

    private readonly SemaphoreSlim _one = new(1);
    private int _count;

    public string Database { get; } = "test_" + Guid.NewGuid().ToString("N");

    public string Uri => $"mongodb://{address}/{Database}";

    /// <summary>Inserts events whose ids are of a moment.</summary>
    public Task InsertAsync(DateTimeOffset at, IEnumerable<LogRecord> records) => RunAsync(
        ("insert", "logs"), ("documents", records.Select(record => Document(record, at)).ToArray()), ("$db", Database));

    /// <summary>Inserts one document as it is, beside its id.</summary>
    public Task InsertAsync(DateTimeOffset at, params IEnumerable<(string Name, object? Value)> elements) => RunAsync(
        ("insert", "logs"), ("documents", new[] { BsonWriter.Document([("_id", Id(at)), .. elements]) }), ("$db", Database));

    public async ValueTask DisposeAsync()
    {
        await RunAsync(("dropDatabase", 1), ("$db", Database));
        _one.Dispose();
    }

    private byte[] Document(LogRecord record, DateTimeOffset at) => BsonWriter.Document(new (string, object?)[]
    {
        ("_id", Id(at)), ("app", record.App), ("mtaccount", record.Account), ("compname", record.Machine), ("module", record.Module),
        ("funcName", record.FuncName), ("lineno", record.LineNumber), ("levelName", record.LevelName), ("thread", record.Thread),
        ("topic", record.Topic), ("topicId", record.TopicId), ("message", record.Message), ("stacktrace", record.StackTrace),
        ("timestamp", record.Timestamp), ("fileLog", record.FileLog), ("rid", record.Rid), ("event", record.Event),
    }.Where(element => element.Item2 is not null));

    /// <summary>Second, the program, a number that counts.</summary>
    private ReadOnlyMemory<byte> Id(DateTimeOffset at)
    {
        var id = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(id, (uint)at.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32BigEndian(id.AsSpan(8), (uint)Interlocked.Increment(ref _count));
        return id;
    }

    private async Task RunAsync(params (string Name, object? Value)[] command)
    {
        var document = BsonWriter.Document(command);
        var message = new byte[HeaderBytes + 5 + document.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), OpMessage);
        document.CopyTo(message, HeaderBytes + 5);
        await _one.WaitAsync();
        try
        {
            using var client = new TcpClient();
            var place = address.Split(':');
            await client.ConnectAsync(place[0], int.Parse(place[1]));
            await using var stream = client.GetStream();
            await stream.WriteAsync(message);
            var header = new byte[HeaderBytes];
            await stream.ReadExactlyAsync(header);
            var reply = new byte[BinaryPrimitives.ReadInt32LittleEndian(header) - HeaderBytes];
            await stream.ReadExactlyAsync(reply);
            reply.AsSpan().IndexOf("\u0001ok\0"u8).Should().BePositive();
            reply.AsSpan().IndexOf("writeErrors"u8).Should().Be(-1);
            reply.AsSpan().IndexOf("errmsg"u8).Should().Be(-1);
        }
        finally
        {
            _one.Release();
        }
    }
}
