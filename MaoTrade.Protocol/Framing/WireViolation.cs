namespace MaoTrade.Protocol.Framing;

/// <summary>Why bytes are not what the grammar allows. The connection they came from is closed.</summary>
public enum WireViolation
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>A terminator with no JSON before it.</summary>
    Empty = 1,

    /// <summary>More JSON than the limit without a terminator.</summary>
    TooLarge = 2,

    /// <summary>A raw 0x00 or 0xFF where JSON was expected.</summary>
    RawByte = 3,

    /// <summary>The text begins with a byte order mark.</summary>
    ByteOrderMark = 4,

    /// <summary>The text is not UTF-8.</summary>
    InvalidUtf8 = 5,

    /// <summary>The text is not one JSON value.</summary>
    NotJson = 6,

    /// <summary>The JSON value is not an object.</summary>
    NotAnObject = 7,

    /// <summary>Nested deeper than <see cref="Wire.MaxDepth"/>.</summary>
    TooDeep = 8,

    /// <summary>An object names a member twice.</summary>
    DuplicateKey = 9,

    /// <summary>An escaped UTF-16 surrogate without its other half.</summary>
    LoneSurrogate = 10,

    /// <summary>The stream ended inside a frame.</summary>
    Truncated = 11,

    /// <summary>A reply lacks a member it must have, or has it with another type.</summary>
    BadReply = 12,

    /// <summary>Payload bytes that the JSON did not announce.</summary>
    UnannouncedPayload = 13,

    /// <summary>The JSON announced a payload and something else followed.</summary>
    MissingPayload = 14,

    /// <summary>The size in the JSON differs from the four bytes after the marker.</summary>
    SizeMismatch = 15,
}
