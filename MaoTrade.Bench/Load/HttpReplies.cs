using System.Buffers.Text;
using System.Text;

namespace MaoTrade.Bench.Load;

/// <summary>HTTP/1.1 replies; anything but 200 is a failure of the run, unless failures are only counted.</summary>
internal sealed class HttpReplies(bool acceptsFailures = false) : IReplyCounter
{
    private const long NoReply = -1;

    private long _bodyLeft = NoReply;

    /// <summary>Replies other than 200.</summary>
    public long Failures { get; private set; }

    public int Take(ReadOnlySpan<byte> received, out int replies)
    {
        replies = 0;
        var taken = 0;
        while (taken < received.Length)
        {
            var rest = received[taken..];
            if (_bodyLeft == NoReply)
            {
                if (!HttpHead.TryRead(rest, acceptsFailures, out var headBytes, out _bodyLeft, out var isOk))
                {
                    return taken;
                }

                taken += headBytes;
                Failures += isOk ? 0 : 1;
            }
            else if (_bodyLeft == HttpHead.Chunked)
            {
                // No body of ours has a line break in it, so the first empty chunk is the last.
                var end = rest.IndexOf("\r\n0\r\n\r\n"u8);
                if (end < 0)
                {
                    return taken;
                }

                taken += end + 7;
                _bodyLeft = 0;
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
                _bodyLeft = NoReply;
            }
        }

        return taken;
    }
}

/// <summary>The head of an HTTP reply.</summary>
internal static class HttpHead
{
    /// <summary>In place of a length: the body comes in chunks.</summary>
    public const long Chunked = long.MaxValue;

    /// <summary>Reads status and length once the whole head is there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out int headBytes, out long bodyBytes) =>
        TryRead(received, acceptsFailures: false, out headBytes, out bodyBytes, out _);

    /// <summary>Reads status and length once the whole head is there, whatever the status.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, bool acceptsFailures, out int headBytes, out long bodyBytes, out bool isOk)
    {
        isOk = false;
        bodyBytes = -1;
        var end = received.IndexOf("\r\n\r\n"u8);
        headBytes = end + 4;
        if (end < 0)
        {
            return false;
        }

        var head = received[..end];
        isOk = head.StartsWith("HTTP/1.1 200"u8);
        if (!(isOk || acceptsFailures) || !TryReadLength(head, out bodyBytes))
        {
            throw new BenchException($"the server refused: {Encoding.ASCII.GetString(received[..Math.Min(received.Length, 600)])}");
        }

        return true;
    }

    /// <summary>Kestrel writes the names in capitals, uvicorn and HAProxy in small letters.</summary>
    private static bool TryReadLength(ReadOnlySpan<byte> head, out long bodyBytes)
    {
        if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0 || head.IndexOf("transfer-encoding: chunked"u8) >= 0)
        {
            bodyBytes = Chunked;
            return true;
        }

        bodyBytes = -1;
        var length = Math.Max(head.IndexOf("Content-Length: "u8), head.IndexOf("content-length: "u8));
        return length >= 0 && Utf8Parser.TryParse(head[(length + 16)..], out bodyBytes, out _);
    }
}
