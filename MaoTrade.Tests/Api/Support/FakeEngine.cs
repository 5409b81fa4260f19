using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace MaoTrade.Tests.Api.Support;

/// <summary>A peer that speaks the wire and answers what a test tells it to.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private static readonly byte[] Marker = [0x00, 0xFF, .. "mtbinary"u8, 0x00, 0xFF];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<JsonObject> _requests = Channel.CreateUnbounded<JsonObject>();
    private readonly Task _loop;
    private int _received;
    private int _disposed;

    public FakeEngine()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many requests have come in all.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>What to answer; by default done, with no data.</summary>
    public Func<JsonObject, FakeReply> Answer { get; set; } = _ => FakeReply.Done("{}");

    public async Task<JsonObject> NextRequestAsync() =>
        await _requests.Reader.ReadAsync().AsTask().Within("no request reached the engine");

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        _listener.Stop();
        await _loop;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        var stream = client.GetStream();
        var pending = new List<byte>();
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer, _stopping.Token);
                if (read == 0)
                {
                    return;
                }

                pending.AddRange(buffer.AsSpan(0, read));
                for (var end = pending.IndexOf(4); end >= 0; end = pending.IndexOf(4))
                {
                    var request = (JsonObject)JsonNode.Parse(pending.GetRange(0, end).ToArray())!;
                    pending.RemoveRange(0, end + 1);
                    Interlocked.Increment(ref _received);
                    _requests.Writer.TryWrite(request);
                    if (!await WriteAsync(stream, Answer(request), request))
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The gateway or the test is done with this connection.
        }
    }

    private async Task<bool> WriteAsync(NetworkStream stream, FakeReply reply, JsonObject request)
    {
        if (reply.Until is { } until)
        {
            await until.WaitAsync(_stopping.Token);
        }

        if (reply.Raw is { } raw)
        {
            await stream.WriteAsync(raw, _stopping.Token);
            return false;
        }

        var id = request["id"] is { } sent ? $",\"id\":{sent.ToJsonString()}" : "";
        var json = Encoding.UTF8.GetBytes($$"""{"code":{{reply.Code}},"message":{{JsonSerializer.Serialize(reply.Message)}},"data":{{reply.Data}}{{id}}}""");
        await stream.WriteAsync(json, _stopping.Token);
        if (reply.Payload is { } payload)
        {
            var size = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(size, (uint)reply.PayloadSize);
            await stream.WriteAsync((byte[])[.. Marker, .. size, .. payload], _stopping.Token);
            return payload.Length == reply.PayloadSize;
        }

        await stream.WriteAsync(new byte[] { 4 }, _stopping.Token);
        return true;
    }
}

/// <summary>One answer of a <see cref="FakeEngine"/>.</summary>
internal sealed record FakeReply
{
    public int Code { get; init; }

    public string Message { get; init; } = "";

    public string Data { get; init; } = "{}";

    /// <summary>Sent instead of a reply, then the connection closes.</summary>
    public byte[]? Raw { get; init; }

    public byte[]? Payload { get; init; }

    public int PayloadSize { get; init; }

    /// <summary>The answer waits for this.</summary>
    public Task? Until { get; init; }

    public static FakeReply Close { get; } = new() { Raw = [] };

    public static FakeReply Silence { get; } = new() { Until = new TaskCompletionSource().Task };

    public static FakeReply Done(string data) => new() { Data = data };

    public static FakeReply Refused(int code, string message, string data = "{}") => new() { Code = code, Message = message, Data = data };

    /// <summary>A ZIP of the size announced, of which only some bytes may be sent.</summary>
    public static FakeReply Zip(byte[] payload, int announced, string sha256) => new()
    {
        Payload = payload,
        PayloadSize = announced,
        Data = $$"""{"binary_transfer":true,"fileName":"one-2026-11-21.zip","contentType":"application/zip","size":{{announced}},"sha256":"{{sha256}}"}""",
    };
}
