using System.Net;

namespace MaoTrade.Bench.Load;

/// <summary>The same load for every server: only the bytes differ.</summary>
/// <param name="Server">Where it goes.</param>
/// <param name="Connections">Connections kept open.</param>
/// <param name="Batches">
/// Encoded requests sent together on one connection; the next batch leaves when all are answered. Each connection goes round a share of its
/// own; where there are fewer batches than connections, round all of them.
/// </param>
/// <param name="Depth">How many requests the batch holds.</param>
/// <param name="Counter">Makes the counter of a connection's replies.</param>
internal sealed record LoadPlan(IPEndPoint Server, int Connections, IReadOnlyList<byte[]> Batches, int Depth, Func<IReplyCounter> Counter)
{
    /// <summary>Makes the batch where each must be another one, such as a request that is signed; else <see cref="Batches"/> are sent.</summary>
    public Func<byte[]>? Make { get; init; }
}
