using System.Buffers.Text;
using System.Text;

namespace MaoTrade.Bench.Load;

/// <summary>HTTP/1.1 replies with a Content-Length; anything but 200 is a failure of the run.</summary>
internal sealed class HttpReplies : IReplyCounter
{
    private long _bodyLeft = -1;

    public int Take(ReadOnlySpan<byte> received, out int replies)
    {
        replies = 0;
        var taken = 0;
        while (taken < received.Length)
        {
            var rest = received[taken..];
            if (_bodyLeft < 0)
            {
                if (!HttpHead.TryRead(rest, out var headBytes, out _bodyLeft))
                {
                    return taken;
                }

                taken += headBytes;
            }
            else
            {
                var part = (int)Math.Min(rest.Length, _bodyLeft);
                taken += part;
                _bodyLeft -= part;
            }

            if (_bodyLeft == 0)
            {
                replies++;
                _bodyLeft = -1;
            }
        }

        return taken;
    }
}

/// <summary>The head of an HTTP reply.</summary>
internal static class HttpHead
{
    /// <summary>Reads status and length once the whole head is there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out int headBytes, out long bodyBytes)
    {
        bodyBytes = -1;
        var end = received.IndexOf("\r\n\r\n"u8);
        headBytes = end + 4;
        if (end < 0)
        {
            return false;
        }

        var head = received[..end];
        var length = head.IndexOf("Content-Length: "u8);
        if (!head.StartsWith("HTTP/1.1 200"u8) || length < 0 || !Utf8Parser.TryParse(head[(length + 16)..], out bodyBytes, out _))
        {
            throw new BenchException($"the server refused: {Encoding.ASCII.GetString(received[..Math.Min(received.Length, 600)])}");
        }

        return true;
    }
}
