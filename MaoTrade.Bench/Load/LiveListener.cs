using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MaoTrade.Bench.Load;

/// <summary>One live client on a bare socket: counts what it gets and whether anything is missing.</summary>
internal sealed class LiveListener : IDisposable
{
    private const int BufferBytes = 4096;

    /// <summary>What the system holds for a client that reads nothing.</summary>
    private const int StalledBytes = 64 * 1024;

    /// <summary>One that reads nothing is to fall behind soon: it asks for everything.</summary>
    private const string AllChannels = "\"portfolio\",\"orders\",\"signals\",\"trades\",\"logs\"";
    private const string OrdersAlone = "\"orders\"";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);
    private static readonly byte[] Ping = LiveFrames.Text("""{"action":"ping"}""");

    private readonly Socket _socket;
    private readonly byte[] _buffer;
    private readonly LiveFrames _frames;
    private Task _reading = Task.CompletedTask;
    private long _last = -1;
    private long _events;

    private LiveListener(Socket socket, bool isStalled)
    {
        _socket = socket;
        IsStalled = isStalled;
        _buffer = new byte[BufferBytes];
        _frames = new LiveFrames(Take);
    }

    /// <summary>Whether it reads nothing until it is told to.</summary>
    public bool IsStalled { get; }

    /// <summary>Number of the last change.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>Changes it got.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Changes that were missing, came twice or in the wrong order.</summary>
    public int Faults { get; private set; }

    /// <summary>The close code; 0 while open.</summary>
    public int CloseCode => _frames.CloseCode;

    /// <summary>Whether the connection ended without a close code.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Connects, subscribes and waits for the snapshot.</summary>
    /// <param name="address">The gateway.</param>
    /// <param name="token">Access token.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="isStalled">Whether it then reads nothing; others read on.</param>
    public static async Task<LiveListener> StartAsync(IPEndPoint address, string token, string accountId, bool isStalled)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (isStalled)
        {
            socket.ReceiveBufferSize = StalledBytes;
        }

        await socket.ConnectAsync(address);
        var listener = new LiveListener(socket, isStalled);
        await listener.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /clientmt/live HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: mao.v1\r\nAuthorization: Bearer {token}\r\n\r\n"));
        await listener.AcceptedAsync();
        await listener.SendAsync(LiveFrames.Text($$"""{"action":"subscribe","accountId":"{{accountId}}","channels":[{{(isStalled ? AllChannels : OrdersAlone)}}]}"""));
        while (listener.Last < 0 && await listener.ReadAsync())
        {
        }

        if (listener.Last < 0)
        {
            throw new BenchException($"no snapshot: closed with {listener.CloseCode}");
        }

        if (!isStalled)
        {
            listener.Listen();
        }

        return listener;
    }

    /// <summary>Reads on until the end.</summary>
    public void Listen() => _reading = ListenAsync();

    /// <summary>Ends when the connection has ended, or nobody ends it.</summary>
    public Task EndedAsync() => Task.WhenAny(_reading, Task.Delay(Deadline, TimeProvider.System));

    /// <summary>Says that it is there.</summary>
    public async Task PingAsync()
    {
        try
        {
            await SendAsync(Ping);
        }
        catch (SocketException)
        {
            IsBroken = true;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (CloseCode == 0 && await ReadAsync())
            {
            }
        }
        catch (SocketException)
        {
            IsBroken = CloseCode == 0;
        }
        catch (ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    private async Task<bool> ReadAsync()
    {
        var count = await _socket.ReceiveAsync(_buffer.AsMemory());
        _frames.Take(_buffer.AsSpan(0, count));
        return count > 0;
    }

    private async Task SendAsync(byte[] bytes) => await _socket.SendAsync(bytes.AsMemory());

    /// <summary>The answer to the handshake, byte by byte: frames may follow at once.</summary>
    private async Task AcceptedAsync()
    {
        var head = new List<byte>();
        while (!Encoding.ASCII.GetString([.. head.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _socket.ReceiveAsync(_buffer.AsMemory(0, 1)) == 0)
            {
                break;
            }

            head.Add(_buffer[0]);
        }

        var text = Encoding.ASCII.GetString([.. head]);
        if (!text.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new BenchException($"the gateway refused a live client: {text}");
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        var isSnapshot = message.StartsWith("{\"type\":\"snapshot\""u8);
        if (!isSnapshot && !message.StartsWith("{\"type\":\"order_update\""u8))
        {
            return;
        }

        var seq = 0L;
        for (var rest = message[(message.IndexOf("\"seq\":"u8) + 6)..]; rest[0] is >= (byte)'0' and <= (byte)'9'; rest = rest[1..])
        {
            seq = (seq * 10) + rest[0] - '0';
        }

        Faults += !isSnapshot && seq != _last + 1 ? 1 : 0;
        _events += isSnapshot ? 0 : 1;
        Interlocked.Exchange(ref _last, seq);
    }
}
