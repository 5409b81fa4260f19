using System.Buffers.Binary;
using System.Text;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Bench.Load;

/// <summary>Finds the first byte of a payload behind what comes before it.</summary>
internal delegate bool PayloadHeadReader(ReadOnlySpan<byte> received, out int headBytes, out long payloadBytes);

/// <summary>The heads of payloads on the wire.</summary>
internal static class WireHead
{
    public static bool TryRead(ReadOnlySpan<byte> received, out int headBytes, out long payloadBytes)
    {
        payloadBytes = 0;
        var marker = received.IndexOf(Wire.Marker);
        headBytes = marker + Wire.MarkerBytes + Wire.SizeBytes;
        if (marker < 0 && received.Contains(Wire.Terminator))
        {
            throw new BenchException($"the engine refused: {Encoding.UTF8.GetString(received)}");
        }

        if (marker < 0 || received.Length < headBytes)
        {
            return false;
        }

        payloadBytes = BinaryPrimitives.ReadUInt32BigEndian(received[(marker + Wire.MarkerBytes)..]);
        return true;
    }
}
