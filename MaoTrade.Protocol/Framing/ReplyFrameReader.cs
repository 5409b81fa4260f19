using System.Buffers;
using System.Buffers.Binary;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Protocol.Framing;

/// <summary>
/// Cuts replies off a byte stream, tolerantly. Grammar: <c>reply = json 0x04 | json marker size payload</c>, and also
/// <c>json</c> ended by the end of the stream, <c>json 0x04 marker size payload</c>, and a marker with size 0 behind a
/// plain reply (PROTOCOL.md, Frames and Older peers). One instance per connection, not thread-safe; keeps one scratch
/// buffer for texts that lie in several segments.
/// </summary>
/// <param name="maxJsonBytes">Limit of one JSON text, bytes.</param>
public sealed class ReplyFrameReader(int maxJsonBytes = Wire.MaxJsonBytes)
{
    private const int KeepScratchBytes = 64 * 1024;

    private readonly ReplyParser _parser = new();
    private byte[] _scratch = [];
    private int _searched;

    /// <summary>Whether the reply before this one was plain: an appended empty marker may still follow it.</summary>
    private bool _mayAppendMarker;

    /// <summary>Looks for one reply, up to the first byte of its payload.</summary>
    /// <param name="buffer">The unread bytes; advanced past what was recognized.</param>
    /// <param name="endOfStream">Whether no more bytes will come.</param>
    /// <param name="frame">The reply, for <see cref="ReplyStep.Plain"/> and <see cref="ReplyStep.Payload"/>;
    /// its <see cref="ReplyFrame.Violation"/> for <see cref="ReplyStep.Violation"/>.</param>
    public ReplyStep Read(scoped ref ReadOnlySequence<byte> buffer, bool endOfStream, out ReplyFrame frame)
    {
        frame = default;
        if (_mayAppendMarker && BeginsWithZero(buffer))
        {
            var step = ReadTail(buffer, endOfStream, ref frame);
            if (step != ReplyStep.Payload)
            {
                return step;
            }

            if (frame.PayloadBytes != 0)
            {
                return Violate(ref frame, WireViolation.UnannouncedPayload);
            }

            buffer = buffer.Slice(Wire.MarkerBytes + Wire.SizeBytes);
            _mayAppendMarker = false;
        }

        var found = Find(buffer, out var value, out var window);
        if (found > maxJsonBytes || (found < 0 && window > maxJsonBytes))
        {
            return Violate(ref frame, WireViolation.TooLarge);
        }

        if (found >= 0)
        {
            return Cut(ref buffer, found, value, endOfStream, ref frame);
        }

        _searched = window;
        if (!endOfStream)
        {
            return ReplyStep.NeedMore;
        }

        return window == 0 ? ReplyStep.End : Cut(ref buffer, window, Wire.Terminator, endOfStream, ref frame);
    }

    /// <summary>Compares and reads marker and size at the start of <paramref name="rest"/>.</summary>
    private static ReplyStep ReadTail(in ReadOnlySequence<byte> rest, bool endOfStream, ref ReplyFrame frame)
    {
        Span<byte> tail = stackalloc byte[Wire.MarkerBytes + Wire.SizeBytes];
        var length = (int)Math.Min(rest.Length, tail.Length);
        rest.Slice(0, length).CopyTo(tail);
        var compare = Math.Min(length, Wire.MarkerBytes);
        if (!tail[..compare].SequenceEqual(Wire.Marker[..compare]))
        {
            return Violate(ref frame, WireViolation.RawByte);
        }

        if (length < tail.Length)
        {
            return endOfStream ? Violate(ref frame, WireViolation.Truncated) : ReplyStep.NeedMore;
        }

        frame.PayloadBytes = BinaryPrimitives.ReadUInt32BigEndian(tail[Wire.MarkerBytes..]);
        return ReplyStep.Payload;
    }

    private static ReplyStep Violate(ref ReplyFrame frame, WireViolation violation)
    {
        frame.Violation = violation;
        return ReplyStep.Violation;
    }

    private static bool BeginsWithZero(ReadOnlySequence<byte> buffer) =>
        new SequenceReader<byte>(buffer).TryPeek(out var first) && first == 0x00;

    private ReplyStep Cut(scoped ref ReadOnlySequence<byte> buffer, int length, byte end, bool endOfStream, ref ReplyFrame frame)
    {
        if (length == 0)
        {
            return Violate(ref frame, end == Wire.Terminator ? WireViolation.Empty : WireViolation.RawByte);
        }

        // A marker that is still arriving is waited for before the text is parsed.
        var rest = buffer.Slice(length);
        var step = ReplyStep.Plain;
        if (end != Wire.Terminator && (step = ReadTail(rest, endOfStream, ref frame)) != ReplyStep.Payload)
        {
            _searched = length;
            return step;
        }

        frame.Json = Contiguous(buffer.Slice(0, length));
        var violation = _parser.Parse(frame.Json, out var head);
        if (violation != WireViolation.None)
        {
            var isCutOff = rest.IsEmpty && violation is WireViolation.NotJson or WireViolation.InvalidUtf8;
            return Violate(ref frame, isCutOff && ReplyParser.IsBeginning(frame.Json) ? WireViolation.Truncated : violation);
        }

        frame.Head = head;
        if (head.AnnouncesPayload && end == Wire.Terminator)
        {
            if (!rest.IsEmpty)
            {
                rest = rest.Slice(1);
            }

            if (rest.IsEmpty)
            {
                _searched = length;
                return endOfStream ? Violate(ref frame, WireViolation.Truncated) : ReplyStep.NeedMore;
            }

            step = BeginsWithZero(rest) ? ReadTail(rest, endOfStream, ref frame) : Violate(ref frame, WireViolation.MissingPayload);
            if (step != ReplyStep.Payload)
            {
                _searched = length;
                return step;
            }
        }

        return Finish(ref buffer, rest, step, ref frame);
    }

    private ReplyStep Finish(scoped ref ReadOnlySequence<byte> buffer, scoped in ReadOnlySequence<byte> rest, ReplyStep step, ref ReplyFrame frame)
    {
        if (step == ReplyStep.Payload && !frame.Head.AnnouncesPayload && frame.PayloadBytes != 0)
        {
            return Violate(ref frame, WireViolation.UnannouncedPayload);
        }

        if (frame.Head is { AnnouncesPayload: true, SizeBytes: >= 0 } && frame.Head.SizeBytes != frame.PayloadBytes)
        {
            return Violate(ref frame, WireViolation.SizeMismatch);
        }

        _searched = 0;
        _mayAppendMarker = step == ReplyStep.Plain;
        buffer = rest.Slice(step == ReplyStep.Payload ? Wire.MarkerBytes + Wire.SizeBytes : Math.Min(1, rest.Length));
        return frame.Head.AnnouncesPayload ? ReplyStep.Payload : ReplyStep.Plain;
    }

    private int Find(in ReadOnlySequence<byte> buffer, out byte value, out int window)
    {
        window = (int)Math.Min(buffer.Length, maxJsonBytes + 1L);
        var position = Math.Min(_searched, window);
        foreach (var segment in buffer.Slice(position, window - position))
        {
            var at = segment.Span.IndexOfAny(Wire.Terminator, (byte)0x00);
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

    private ReadOnlySpan<byte> Contiguous(ReadOnlySequence<byte> text)
    {
        if (text.IsSingleSegment)
        {
            return text.FirstSpan;
        }

        var length = (int)text.Length;
        if (_scratch.Length < length || _scratch.Length > Math.Max(KeepScratchBytes, length))
        {
            _scratch = new byte[Math.Max(4096, length)];
        }

        text.CopyTo(_scratch);
        return _scratch.AsSpan(0, length);
    }
}
