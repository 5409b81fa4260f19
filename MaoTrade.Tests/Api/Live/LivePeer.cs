using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Live;

/// <summary>A live client of a test: the framework's own WebSocket, each wait with a deadline.</summary>
internal sealed class LivePeer : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[4 * 1024 * 1024];

    public WebSocket Socket => _socket;

    public static async Task<LivePeer> ConnectAsync(Gateway gateway, string? token = null, string? origin = null, string protocol = "mao.v1")
    {
        var peer = new LivePeer();
        peer._socket.Options.AddSubProtocol(protocol);
        peer._socket.Options.CollectHttpResponseDetails = true;
        if (token is not null)
        {
            peer._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        if (origin is not null)
        {
            peer._socket.Options.SetRequestHeader("Origin", origin);
        }

        var address = new UriBuilder(new Uri(gateway.Http.BaseAddress!, "/clientmt/live")) { Scheme = "ws" }.Uri;
        await peer._socket.ConnectAsync(address, CancellationToken.None).Within("no connection");
        return peer;
    }

    /// <summary>The HTTP status with which a connection is refused.</summary>
    public static async Task<int> RefusedAsync(Gateway gateway, string? token = null, string? origin = null, string protocol = "mao.v1")
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", token is null ? null : $"Bearer {token}");
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        var address = new UriBuilder(new Uri(gateway.Http.BaseAddress!, "/clientmt/live")) { Scheme = "ws" }.Uri;
        var connect = () => socket.ConnectAsync(address, CancellationToken.None).Within("no answer");
        await connect.Should().ThrowAsync<WebSocketException>();
        return (int)socket.HttpStatusCode;
    }

    public Task SendAsync(string json) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, CancellationToken.None).Within("the gateway takes nothing");

    public Task SubscribeAsync(string channels, string account = "one", string more = "") => SendAsync(
        $$"""{"action":"subscribe","accountId":"{{account}}","channels":[{{string.Join(',', channels.Split(',').Select(name => $"\"{name}\""))}}]{{more}}}""");

    /// <summary>The next message.</summary>
    public async Task<JsonElement> NextAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask().Within("no message");
            part.MessageType.Should().Be(WebSocketMessageType.Text, "it was closed with {0} {1}", _socket.CloseStatus, _socket.CloseStatusDescription);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(_buffer.AsMemory(0, length)).RootElement.Clone();
            }
        }
    }

    /// <summary>The next message that is neither a heartbeat nor a status, as <c>order_update 1001</c>.</summary>
    public async Task<(string What, JsonElement Data)> EventAsync()
    {
        while (true)
        {
            var message = await NextAsync();
            var type = message.GetProperty("type").GetString()!;
            if (type is not ("heartbeat" or "status"))
            {
                var seq = message.GetProperty("seq");
                return (seq.ValueKind == JsonValueKind.Null ? type : $"{type} {seq.GetInt64()}", message.GetProperty("data"));
            }
        }
    }

    public async Task ExpectAsync(params string[] events)
    {
        foreach (var expected in events)
        {
            (await EventAsync()).What.Should().Be(expected);
        }
    }

    /// <summary>Reads to the end; the close code.</summary>
    public async Task<int> CloseCodeAsync()
    {
        while ((await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).AsTask().Within("it was not closed")).MessageType != WebSocketMessageType.Close)
        {
        }

        return (int)_socket.CloseStatus!.Value;
    }

    public void Dispose() => _socket.Dispose();
}
