using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Client;

/// <summary>One TCP or TLS connection to an engine. Who owns it reads and writes; anyone may abort it.</summary>
internal sealed class WireConnection : IAsyncDisposable
{
    /// <summary>Receive buffer of a connection for many replies, bytes.</summary>
    public const int ReplyBufferBytes = 32 * 1024;

    /// <summary>Receive buffer of a connection for payloads, bytes: only what comes together with the reply passes through it.</summary>
    public const int PayloadBufferBytes = 4096;

    private readonly Socket _socket;

    private WireConnection(Socket socket, Stream stream, int bufferBytes, MTProxyOptions options, TimeProvider time)
    {
        _socket = socket;
        Stream = stream;
        Options = options;
        Time = time;
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: bufferBytes, minimumReadSize: 4096, leaveOpen: true));
        Replies = new ReplyFrameReader(options.MaxJsonBytes);
        UsedAt = time.GetTimestamp();
    }

    public Stream Stream { get; }

    public PipeReader Input { get; }

    public ReplyFrameReader Replies { get; }

    public MTProxyOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Timestamp of the last use; the pool drops what is idle.</summary>
    public long UsedAt { get; set; }

    public static async ValueTask<WireConnection> OpenAsync(
        string host, int port, int bufferBytes, MTProxyOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, either.Token);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is { } tls)
            {
                var secured = new SslStream(stream);
                stream = secured;
                await secured.AuthenticateAsClientAsync(tls, either.Token);
            }

            return new WireConnection(socket, stream, bufferBytes, options, time);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new IOException($"no connection within {options.ConnectTimeout.TotalSeconds:F0} s", e);
            }

            throw;
        }
    }

    /// <summary>Whether an exception is something the network may do.</summary>
    public static bool IsNetworkFailure(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or AuthenticationException;

    /// <summary>Whether the peer has closed or sent something while nothing was asked.</summary>
    public bool IsStale()
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (IsNetworkFailure(e))
        {
            return true;
        }
    }

    /// <summary>Closes at once; a read or write under way fails. Safe from any thread, any number of times.</summary>
    public void Abort() => _socket.Dispose();

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await Input.CompleteAsync();
        await Stream.DisposeAsync();
    }
}
