using MaoTrade.Protocol.Messages;

namespace MaoTrade.Protocol.Framing;

/// <summary>One reply as read from the wire; valid until the reader is used again or its buffer is released.</summary>
public ref struct ReplyFrame
{
    /// <summary>The JSON text.</summary>
    public ReadOnlySpan<byte> Json { get; internal set; }

    /// <summary>What the JSON says.</summary>
    public ReplyHead Head { get; internal set; }

    /// <summary>Bytes of payload that follow; 0 without payload.</summary>
    public uint PayloadBytes { get; internal set; }

    /// <summary>What broke the grammar.</summary>
    public WireViolation Violation { get; internal set; }
}
