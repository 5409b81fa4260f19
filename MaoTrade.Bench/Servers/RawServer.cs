using System.Net;
using System.Net.Sockets;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Bench.Servers;

/// <summary>Sends the same bytes for every terminator it sees, on a thread per connection: what sockets alone can do.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _reply;

    public RawServer(byte[] reply)
    {
        _reply = reply;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        new Thread(Accept) { IsBackground = true, Name = "accept" }.Start();
        ServerCommand.Listening(((IPEndPoint)_listener.LocalEndPoint!).Port);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                new Thread(() => Serve(socket)) { IsBackground = true, Name = "serve" }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the server.
        }
    }

    private void Serve(Socket socket)
    {
        using var served = socket;
        served.NoDelay = true;
        var received = new byte[64 * 1024];
        var replies = new byte[64 * _reply.Length];
        for (var at = 0; at < replies.Length; at += _reply.Length)
        {
            _reply.CopyTo(replies, at);
        }

        try
        {
            while (served.Receive(received) is var count and > 0)
            {
                for (var due = received.AsSpan(0, count).Count(Wire.Terminator); due > 0; due -= 64)
                {
                    Send(served, replies.AsSpan(0, Math.Min(due, 64) * _reply.Length));
                }
            }
        }
        catch (SocketException)
        {
            // The client is gone.
        }
    }

    private static void Send(Socket socket, ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            rest = rest[socket.Send(rest)..];
        }
    }
}
