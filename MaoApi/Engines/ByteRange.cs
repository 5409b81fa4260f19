using Microsoft.Net.Http.Headers;

namespace MaoApi.Engines;

/// <summary>A part of something of known size.</summary>
internal readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>What one range of a request means (RFC 9110, 14.1.2); false where it holds no byte.</summary>
    public static bool TryOf(RangeItemHeaderValue range, long size, out ByteRange part)
    {
        part = default;
        var offset = range.From ?? Math.Max(0, size - range.To!.Value);
        var last = range.From is null ? size - 1 : Math.Min(range.To ?? size - 1, size - 1);
        if (last < offset)
        {
            return false;
        }

        part = new ByteRange(offset, last - offset + 1);
        return true;
    }
}
