using MaoTrade.Protocol.Framing;

namespace MaoTrade.Bench.Load;

/// <summary>Plain replies of the wire: each ends with its terminator.</summary>
internal sealed class WireReplies : IReplyCounter
{
    public int Take(ReadOnlySpan<byte> received, out int replies)
    {
        replies = received.Count(Wire.Terminator);
        return received.Length;
    }
}
