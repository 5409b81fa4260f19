using System.Security.Cryptography;

namespace MaoTrade.Engine.Orders;

/// <summary>
/// Identities of 26 characters in ULID form (Crockford base 32: 48 bits of Unix milliseconds, 80 random bits).
/// Unique across re-created databases; increasing within one source. Owned by the trade manager: not thread-safe.
/// </summary>
/// <param name="time">Gives the milliseconds.</param>
/// <param name="random">Fills bytes; the system's generator unless a simulation brings its own.</param>
public sealed class DealReferences(TimeProvider time, Action<Span<byte>>? random = null)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly Action<Span<byte>> _random = random ?? RandomNumberGenerator.Fill;
    private readonly byte[] _bits = new byte[16];
    private long _lastMilliseconds;

    public string Next()
    {
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (milliseconds > _lastMilliseconds)
        {
            _lastMilliseconds = milliseconds;
            _random(_bits.AsSpan(6));
            _bits[6] &= 0x7F; // room to count upwards within one millisecond
        }
        else
        {
            Increment();
        }

        for (var i = 0; i < 6; i++)
        {
            _bits[i] = (byte)(_lastMilliseconds >> (40 - (8 * i)));
        }

        return Encode();
    }

    private void Increment()
    {
        for (var i = 15; i >= 6 && ++_bits[i] == 0; i--)
        {
        }
    }

    private string Encode() => string.Create(26, _bits, static (text, bits) =>
    {
        var value = new UInt128(
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bits),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bits.AsSpan(8)));
        for (var i = 25; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }
    });
}
