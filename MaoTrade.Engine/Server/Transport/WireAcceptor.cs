using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace MaoTrade.Engine.Server.Transport;

/// <summary>The listening socket of the wire.</summary>
internal sealed class WireAcceptor : IConnectionListener
{
    private const int Backlog = 512;

    private readonly Socket _socket;
    private long _lastId;

    /// <summary>Listens at an address.</summary>
    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    public WireAcceptor(IPEndPoint endpoint)
    {
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(new IPEndPoint(endpoint.Address, endpoint.Port));
            _socket.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _socket.Dispose();
            if (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new AddressInUseException(exception.Message, exception);
            }

            throw;
        }

        EndPoint = _socket.LocalEndPoint!;
    }

    public EndPoint EndPoint { get; }

    /// <summary>The next connection; null when no more are taken.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var socket = await _socket.AcceptAsync(cancellationToken);
                return WireSocket.Start($"wire-{++_lastId}", socket);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // The peer was gone before it was taken.
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                return null;
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => DisposeAsync();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
