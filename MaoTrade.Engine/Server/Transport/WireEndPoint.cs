using System.Net;

namespace MaoTrade.Engine.Server.Transport;

/// <summary>An address that <see cref="WireTransport"/> serves, and not the framework's own sockets.</summary>
internal sealed class WireEndPoint(IPEndPoint endpoint) : IPEndPoint(endpoint.Address, endpoint.Port);
