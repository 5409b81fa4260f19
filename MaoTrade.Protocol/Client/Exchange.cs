using System.Buffers;
using System.IO.Pipelines;
using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Protocol.Client;

/// <summary>One request and its reply on a connection that carries nothing else meanwhile.</summary>
internal sealed class Exchange(WireConnection connection, ProxyRequest request, ulong? id)
{
    private const string JsonType = "application/json";

    private ProxyReply? _reply;
    private ReplyHead _head;
    private uint _payloadBytes;
    private string _fileName = "";
    private string _contentType = "";
    private string? _sha256;

    /// <summary>Whether bytes of the request can have reached the engine.</summary>
    public bool Sent { get; private set; }

    /// <summary>Whether the reply was found; without it the connection is of no further use.</summary>
    public bool HasReply { get; private set; }

    /// <summary>Whether the peer echoed the id.</summary>
    public bool EchoedId { get; private set; }

    /// <summary>Whether bytes follow that nobody asked for.</summary>
    public bool HasLeftOver { get; private set; }

    /// <summary>Replies that belonged to other ids.</summary>
    public int Dropped { get; private set; }

    /// <summary>Sends, and reads the reply up to its payload.</summary>
    /// <param name="release">Called when a payload handed to the caller is done; true when it was read whole.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    public async Task<ProxyReply> RunAsync(Func<bool, ValueTask> release, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>(request.Data.Length + 256);
        RequestWriter.Write(output, request.Service, request.Data.Span, id, request.RequestId, request.TimeToLiveMs);
        Sent = true;
        await connection.Stream.WriteAsync(output.WrittenMemory, cancellationToken);
        while (true)
        {
            var result = await connection.Input.ReadAsync(cancellationToken);
            switch (Step(result))
            {
                case ReplyStep.NeedMore:
                    continue;
                case ReplyStep.Payload:
                    return await TakePayloadAsync(release, cancellationToken);
                default:
                    return _reply!;
            }
        }
    }

    private ReplyStep Step(ReadResult result)
    {
        var buffer = result.Buffer;
        ReplyFrame frame;
        ReplyStep step;
        do
        {
            step = connection.Replies.Read(ref buffer, result.IsCompleted, out frame);
        }
        while (step == ReplyStep.Plain && IsForeign(in frame));

        switch (step)
        {
            case ReplyStep.Plain or ReplyStep.Payload:
                Take(in frame);
                HasLeftOver = !buffer.IsEmpty;
                break;
            case ReplyStep.End:
                _reply = ProxyReply.Failure(ProxyResult.Read, "the engine closed the connection without a reply");
                break;
            case ReplyStep.Violation:
                _reply = Failures.Of(frame.Violation, result.Buffer.Length);
                break;
        }

        connection.Input.AdvanceTo(buffer.Start, step == ReplyStep.NeedMore ? buffer.End : buffer.Start);
        return step;
    }

    private bool IsForeign(ref readonly ReplyFrame frame)
    {
        var head = frame.Head;
        if (!head.HasId || id is null || ReplyIds.Is(head.Id.Of(frame.Json), id.Value))
        {
            return false;
        }

        Dropped++;
        return true;
    }

    private void Take(ref readonly ReplyFrame frame)
    {
        _head = frame.Head;
        _payloadBytes = frame.PayloadBytes;
        _fileName = JsonText.Decode(_head.FileName.Of(frame.Json));
        _contentType = JsonText.Decode(_head.ContentType.Of(frame.Json));
        _sha256 = _head.Sha256.Length == 0 ? null : JsonText.Decode(_head.Sha256.Of(frame.Json));
        _reply = ProxyReply.From(in frame);
        EchoedId = _head.HasId;
        HasReply = true;
    }

    private async ValueTask<ProxyReply> TakePayloadAsync(Func<bool, ValueTask> release, CancellationToken cancellationToken)
    {
        var isJson = string.Equals(_contentType, JsonType, StringComparison.OrdinalIgnoreCase);
        if (!request.ExpectsPayload && !isJson)
        {
            HasReply = false;
            return ProxyReply.Failure(ProxyResult.Protocol, $"the engine sent a payload of {_payloadBytes} bytes nobody asked for");
        }

        if (_payloadBytes > request.MaxPayloadBytes)
        {
            HasReply = false;
            return ProxyReply.Failure(ProxyResult.TooLarge, $"a payload of {_payloadBytes} bytes is over the limit of {request.MaxPayloadBytes}");
        }

        if (request.ExpectsPayload)
        {
            var content = new PayloadStream(connection, _payloadBytes, release);
            return _reply!.WithPayload(new ProxyPayload(
                content, _fileName, _contentType.Length == 0 ? "application/octet-stream" : _contentType, _sha256));
        }

        return await JsonPayload.ReadAsync(connection, _payloadBytes, _reply!, cancellationToken);
    }
}
