using System.Net;
using System.Net.Sockets;

namespace MaoTrade.Tests.Engine.Persistence;

/// <summary>A network between a client and a server that loses one message that holds a word, or the answer to it, and with it the connection.</summary>
public sealed class LosingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private volatile byte[]? _word;
    private volatile bool _losesAnswer;

    public LosingProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Loses the next message with the word, or the answer to it.</summary>
    public void Lose(string word, bool answer)
    {
        _losesAnswer = answer;
        _word = System.Text.Encoding.ASCII.GetBytes(word);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient client, CancellationToken stop)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _serverPort, stop);
            var answers = far.GetStream().CopyToAsync(near.GetStream(), stop);
            var buffer = new byte[1 << 20];
            while (await near.GetStream().ReadAsync(buffer, stop) is > 0 and var size)
            {
                if (_word is not { } word || buffer.AsSpan(0, size).IndexOf(word) < 0)
                {
                    await far.GetStream().WriteAsync(buffer.AsMemory(0, size), stop);
                    continue;
                }

                _word = null;
                near.Client.Shutdown(SocketShutdown.Send);
                if (_losesAnswer)
                {
                    await far.GetStream().WriteAsync(buffer.AsMemory(0, size), stop);
                    far.Client.Shutdown(SocketShutdown.Send);
                    await answers;
                }

                return;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of both has gone, and so does the other.
        }
    }
}
