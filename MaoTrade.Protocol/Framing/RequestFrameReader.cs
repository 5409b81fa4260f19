using System.Buffers;

namespace MaoTrade.Protocol.Framing;

/// <summary>
/// Cuts requests off a byte stream. Grammar: <c>request = json 0x04</c> (PROTOCOL.md, Frames).
/// One instance per connection, not thread-safe; allocates nothing.
/// </summary>
/// <param name="maxJsonBytes">Limit of one JSON text without its terminator, bytes.</param>
public sealed class RequestFrameReader(int maxJsonBytes = Wire.MaxJsonBytes)
{
    /// <summary>Bytes at the start of the unfinished request that were searched before.</summary>
    private int _searched;

    /// <summary>
    /// Looks for one whole request. A window of the limit plus the terminator decides, so the outcome never depends on
    /// how the bytes were split.
    /// </summary>
    /// <param name="buffer">The unread bytes; advanced past the request when one is found.</param>
    /// <param name="json">The text of the request without its terminator.</param>
    /// <param name="violation"><see cref="WireViolation.TooLarge"/>, <see cref="WireViolation.RawByte"/> or
    /// <see cref="WireViolation.Empty"/>; the connection must not be read for requests any more.</param>
    /// <returns>True when <paramref name="json"/> is a request; false when bytes are missing or a violation was found.</returns>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> json, out WireViolation violation)
    {
        json = default;
        violation = WireViolation.None;
        var found = Find(buffer, out var value, out var window);
        if (found < 0)
        {
            _searched = window;
            violation = window > maxJsonBytes ? WireViolation.TooLarge : WireViolation.None;
            return false;
        }

        if (value != Wire.Terminator)
        {
            violation = WireViolation.RawByte;
            return false;
        }

        if (found == 0)
        {
            violation = WireViolation.Empty;
            return false;
        }

        _searched = 0;
        json = buffer.Slice(0, found);
        buffer = buffer.Slice(found + 1);
        return true;
    }

    private int Find(in ReadOnlySequence<byte> buffer, out byte value, out int window)
    {
        var limit = maxJsonBytes + 1;
        if (buffer.IsSingleSegment)
        {
            var span = buffer.FirstSpan;
            window = Math.Min(span.Length, limit);
            var at = span[_searched..window].IndexOfAny(Wire.Terminator, (byte)0x00, (byte)0xFF);
            value = at < 0 ? (byte)0 : span[_searched + at];
            return at < 0 ? -1 : _searched + at;
        }

        window = (int)Math.Min(buffer.Length, limit);
        var position = _searched;
        foreach (var segment in buffer.Slice(_searched, window - _searched))
        {
            var at = segment.Span.IndexOfAny(Wire.Terminator, (byte)0x00, (byte)0xFF);
            if (at >= 0)
            {
                value = segment.Span[at];
                return position + at;
            }

            position += segment.Length;
        }

        value = 0;
        return -1;
    }
}
