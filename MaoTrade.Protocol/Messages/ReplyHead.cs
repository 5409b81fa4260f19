using System.Runtime.InteropServices;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Protocol.Messages;

/// <summary>What a reply's JSON says; ranges point into its text.</summary>
[StructLayout(LayoutKind.Auto)]
public struct ReplyHead
{
    /// <summary>0 done, else a <see cref="ReplyCode"/>.</summary>
    public int Code { get; internal set; }

    /// <summary>The <c>message</c> without quotes, still escaped.</summary>
    public ByteRange Message { get; internal set; }

    /// <summary>The <c>data</c> object; empty when there is none, which means <c>{}</c>.</summary>
    public ByteRange Data { get; internal set; }

    /// <summary>The echoed <c>id</c> without quotes, still escaped.</summary>
    public ByteRange Id { get; internal set; }

    /// <summary>Whether the reply echoes an id.</summary>
    public bool HasId { get; internal set; }

    /// <summary>Whether further replies of the same id follow.</summary>
    public bool More { get; internal set; }

    /// <summary>Whether <c>data.binary_transfer</c> is true: marker, size and payload follow.</summary>
    public bool AnnouncesPayload { get; internal set; }

    /// <summary><c>data.size</c> in bytes, or -1 when the reply does not say.</summary>
    public long SizeBytes { get; internal set; }

    /// <summary><c>data.fileName</c> without quotes, still escaped.</summary>
    public ByteRange FileName { get; internal set; }

    /// <summary><c>data.contentType</c> without quotes, still escaped.</summary>
    public ByteRange ContentType { get; internal set; }

    /// <summary><c>data.sha256</c> without quotes, still escaped.</summary>
    public ByteRange Sha256 { get; internal set; }
}
