using MaoTrade.Protocol.Framing;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Protocol.Client;

/// <summary>
/// What became of a request. Dispose it when it has a <see cref="Payload"/>: until then the payload occupies a connection.
/// </summary>
public sealed class ProxyReply : IAsyncDisposable
{
    private static readonly byte[] EmptyObject = [(byte)'{', (byte)'}'];

    private ProxyReply(ProxyResult result, string detail)
    {
        Result = result;
        Detail = detail;
    }

    /// <summary>How the exchange ended.</summary>
    public ProxyResult Result { get; }

    /// <summary>What failed, for the log; empty when nothing did.</summary>
    public string Detail { get; }

    /// <summary>The engine's code, 0 for done; meaningful with <see cref="ProxyResult.NoError"/> only.</summary>
    public int Code { get; private init; }

    /// <summary>The engine's message; never null.</summary>
    public string Message { get; private init; } = "";

    /// <summary>The reply's <c>data</c> object as it came, UTF-8; <c>{}</c> when there was none.</summary>
    public ReadOnlyMemory<byte> Data { get; private init; } = EmptyObject;

    /// <summary>Whether further replies of the same request follow; only within a subscription.</summary>
    public bool More { get; private init; }

    /// <summary>The payload of a request that expects one and got one, else null.</summary>
    public ProxyPayload? Payload { get; private init; }

    /// <summary>A reply that stands for a failure.</summary>
    /// <param name="result">How the exchange ended.</param>
    /// <param name="detail">What failed, for the log.</param>
    public static ProxyReply Failure(ProxyResult result, string detail) => new(result, detail);

    /// <summary>Lets the payload's connection go, also when the payload was not read to its end.</summary>
    public ValueTask DisposeAsync() => Payload?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A reply without payload.</summary>
    public static ProxyReply Answer(int code, string message, ReadOnlyMemory<byte> data) =>
        new(ProxyResult.NoError, "") { Code = code, Message = message, Data = data.IsEmpty ? EmptyObject : data };

    internal static ProxyReply From(ref readonly ReplyFrame frame)
    {
        var head = frame.Head;
        var data = head.Data.Length <= 2 ? EmptyObject : head.Data.Of(frame.Json).ToArray();
        return new(ProxyResult.NoError, "")
        {
            Code = head.Code,
            Message = JsonText.Decode(head.Message.Of(frame.Json)),
            Data = data,
            More = head.More,
        };
    }

    /// <summary>The same reply with what a payload brought.</summary>
    internal ProxyReply WithData(byte[] data) => new(ProxyResult.NoError, "") { Code = Code, Message = Message, Data = data };

    /// <summary>The same reply with a payload to read.</summary>
    internal ProxyReply WithPayload(ProxyPayload payload) =>
        new(ProxyResult.NoError, "") { Code = Code, Message = Message, Data = Data, Payload = payload };
}
