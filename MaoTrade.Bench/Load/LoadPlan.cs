using System.Net;

namespace MaoTrade.Bench.Load;

/// <summary>The same load for every server: only the bytes differ.</summary>
/// <param name="Server">Where it goes.</param>
/// <param name="Connections">Connections kept open.</param>
/// <param name="Batch">Encoded requests sent together on one connection; the next batch leaves when all are answered.</param>
/// <param name="Depth">How many requests the batch holds.</param>
/// <param name="Counter">Makes the counter of a connection's replies.</param>
internal sealed record LoadPlan(IPEndPoint Server, int Connections, byte[] Batch, int Depth, Func<IReplyCounter> Counter);
