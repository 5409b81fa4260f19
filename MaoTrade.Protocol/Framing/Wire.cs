namespace MaoTrade.Protocol.Framing;

/// <summary>The constants of the grammar (PROTOCOL.md, Frames).</summary>
public static class Wire
{
    /// <summary>Ends a request and a plain reply.</summary>
    public const byte Terminator = 0x04;

    /// <summary>Length of <see cref="Marker"/>, bytes.</summary>
    public const int MarkerBytes = 12;

    /// <summary>Length of the big-endian payload size that follows the marker, bytes.</summary>
    public const int SizeBytes = 4;

    /// <summary>Default limit of one JSON text without its terminator, bytes.</summary>
    public const int MaxJsonBytes = 1024 * 1024;

    /// <summary>Deepest nesting of objects and arrays; the outermost object counts as 1.</summary>
    public const int MaxDepth = 32;

    /// <summary>Largest payload four bytes can announce, bytes.</summary>
    public const long MaxPayloadBytes = uint.MaxValue;

    /// <summary>Stands between the JSON of a reply and its payload.</summary>
    public static ReadOnlySpan<byte> Marker => [0x00, 0xFF, 0x6D, 0x74, 0x62, 0x69, 0x6E, 0x61, 0x72, 0x79, 0x00, 0xFF];
}
