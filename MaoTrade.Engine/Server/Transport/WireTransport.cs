using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MaoTrade.Engine.Server.Transport;

/// <summary>
/// Kestrel's transport for the wire: a thread for each of its few connections. A request is received, answered from memory
/// and sent on that thread; between two threads of a pool the hand-over would cost more than the answer.
/// </summary>
internal sealed class WireTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is WireEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new WireAcceptor((IPEndPoint)endpoint));
}
