using System.Buffers.Text;
using System.Text;

namespace MaoTrade.Bench.Load;

/// <summary>Bulk strings of Redis: <c>$length CRLF bytes CRLF</c>.</summary>
internal sealed class RedisReplies : IReplyCounter
{
    private int _bodyLeft;

    public int Take(ReadOnlySpan<byte> received, out int replies)
    {
        replies = 0;
        var taken = 0;
        while (taken < received.Length)
        {
            var rest = received[taken..];
            if (_bodyLeft == 0)
            {
                var end = rest.IndexOf("\r\n"u8);
                if (end < 0)
                {
                    return taken;
                }

                if (rest[0] != '$' || !Utf8Parser.TryParse(rest[1..end], out int length, out _) || length < 0)
                {
                    throw new BenchException($"redis-server refused: {Encoding.ASCII.GetString(rest[..end])}");
                }

                taken += end + 2;
                _bodyLeft = length + 2;
                continue;
            }

            var part = Math.Min(rest.Length, _bodyLeft);
            taken += part;
            _bodyLeft -= part;
            replies += _bodyLeft == 0 ? 1 : 0;
        }

        return taken;
    }
}
