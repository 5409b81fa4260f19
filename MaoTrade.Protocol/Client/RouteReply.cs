using System.Runtime.InteropServices;

namespace MaoTrade.Protocol.Client;

/// <summary>What came of a request sent by a route.</summary>
/// <param name="Reply">The reply, or null when the request is to be sent on <paramref name="Pipelined"/>.</param>
/// <param name="Sent">Whether bytes of the request can have reached the engine.</param>
/// <param name="Pipelined">A pipelined connection that opened meanwhile; nothing was sent.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RouteReply(ProxyReply? Reply, bool Sent, PipelinedConnection? Pipelined = null);
