namespace MaoTrade.Protocol.Framing;

/// <summary>What <see cref="ReplyFrameReader"/> found.</summary>
public enum ReplyStep
{
    /// <summary>More bytes are needed.</summary>
    NeedMore = 0,

    /// <summary>A reply without payload.</summary>
    Plain = 1,

    /// <summary>A reply whose payload begins at the next byte.</summary>
    Payload = 2,

    /// <summary>The stream ended between two replies.</summary>
    End = 3,

    /// <summary>The bytes break the grammar.</summary>
    Violation = 4,
}
