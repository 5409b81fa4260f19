using System.Runtime.InteropServices;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Messages;

/// <summary>What the top level of a request says; ranges point into its text.</summary>
[StructLayout(LayoutKind.Auto)]
public struct RequestHead
{
    /// <summary>Shortest <c>ttlMs</c>, milliseconds.</summary>
    public const int MinTimeToLiveMs = 100;

    /// <summary>Longest <c>ttlMs</c>, milliseconds.</summary>
    public const int MaxTimeToLiveMs = 60_000;

    /// <summary><c>ttlMs</c> of a request that has none, milliseconds.</summary>
    public const int DefaultTimeToLiveMs = 10_000;

    /// <summary>Longest <c>id</c>, characters (Unicode code points).</summary>
    public const int MaxIdCharacters = 64;

    /// <summary>Longest <c>rid</c>, bytes of its JSON form.</summary>
    public const int MaxRequestIdBytes = 128;

    /// <summary>The service asked for; any whole number.</summary>
    public int Service { get; internal set; }

    /// <summary>The <c>data</c> object; empty when the request has none, which means <c>{}</c>.</summary>
    public ByteRange Data { get; internal set; }

    /// <summary>The <c>id</c> as it stands in the text, still escaped and without quotes; empty when there is none or it is unusable.</summary>
    public ByteRange Id { get; internal set; }

    /// <summary>Whether the request has a member <c>id</c>, usable or not: only requests without one are classic.</summary>
    public bool HasId { get; internal set; }

    /// <summary>Whether <see cref="Id"/> has escapes, so that two spellings of it may be equal.</summary>
    public bool IdIsEscaped { get; internal set; }

    /// <summary>The <c>rid</c> without quotes, still escaped; empty when there is none.</summary>
    public ByteRange RequestId { get; internal set; }

    /// <summary>How long the request may wait before it begins, milliseconds from receipt.</summary>
    public int TimeToLiveMs { get; internal set; }

    /// <summary>The first member that is unusable.</summary>
    public RequestField InvalidField { get; internal set; }
}
