using System.Buffers;

namespace MaoTrade.Tests.Protocol.Framing;

/// <summary>Byte sequences made of chosen pieces, and every way to cut bytes into pieces.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> Of(params byte[][] pieces)
    {
        var first = new Segment(pieces[0], 0);
        var last = first;
        foreach (var piece in pieces.Skip(1))
        {
            last = last.Append(piece);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>Whole, byte by byte, and every cut into two and into three pieces.</summary>
    public static IEnumerable<byte[][]> Partitions(byte[] bytes)
    {
        yield return [bytes];
        yield return [.. bytes.Select(b => new[] { b })];
        for (var first = 1; first < bytes.Length; first++)
        {
            yield return [bytes[..first], bytes[first..]];
            for (var second = first + 1; second < bytes.Length; second++)
            {
                yield return [bytes[..first], bytes[first..second], bytes[second..]];
            }
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, long index)
        {
            Memory = bytes;
            RunningIndex = index;
        }

        public Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
