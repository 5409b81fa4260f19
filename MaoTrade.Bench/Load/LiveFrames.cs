using System.Buffers.Binary;
using System.Text;

namespace MaoTrade.Bench.Load;

/// <summary>
/// Reads a server's WebSocket frames as they come and tells of each whole message its first bytes, which hold what it is. No
/// message is held whole.
/// </summary>
internal sealed class LiveFrames(Action<ReadOnlySpan<byte>> onMessage)
{
    private const int Close = 8;
    private const int HeadBytes = 192;

    private readonly byte[] _header = new byte[10];
    private readonly byte[] _head = new byte[HeadBytes];
    private int _headerLength;
    private int _headLength;
    private long _left;
    private bool _isInPayload;

    /// <summary>The close code; 0 while open.</summary>
    public int CloseCode { get; private set; }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (!_isInPayload)
            {
                _header[_headerLength++] = bytes[0];
                bytes = bytes[1..];
                Begin();
                continue;
            }

            var part = bytes[..(int)Math.Min(_left, bytes.Length)];
            var kept = part[..Math.Min(part.Length, HeadBytes - _headLength)];
            kept.CopyTo(_head.AsSpan(_headLength));
            _headLength += kept.Length;
            _left -= part.Length;
            bytes = bytes[part.Length..];
            End();
        }
    }

    /// <summary>A client's frame: short, whole and masked with zeros, which changes nothing.</summary>
    public static byte[] Text(string json)
    {
        var payload = Encoding.UTF8.GetBytes(json);
        return payload.Length <= 125
            ? [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
            : [0x81, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];
    }

    private void Begin()
    {
        var length = _headerLength < 2 ? -1 : _header[1] & 0x7F;
        var needed = length switch
        {
            -1 => 2,
            126 => 4,
            127 => 10,
            _ => 2,
        };
        if (_headerLength < needed)
        {
            return;
        }

        _left = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
            127 => BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)),
            _ => length,
        };
        _isInPayload = true;
        _headLength = 0;
        End();
    }

    private void End()
    {
        if (_left > 0)
        {
            return;
        }

        var head = _head.AsSpan(0, _headLength);
        if ((_header[0] & 0x0F) == Close)
        {
            CloseCode = head.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(head) : 1005;
        }
        else
        {
            onMessage(head);
        }

        (_isInPayload, _headerLength) = (false, 0);
    }
}
