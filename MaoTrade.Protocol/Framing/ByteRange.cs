using System.Runtime.InteropServices;

namespace MaoTrade.Protocol.Framing;

/// <summary>A part of a JSON text.</summary>
/// <param name="Offset">Where it begins, bytes from the start of the text.</param>
/// <param name="Length">How long it is, bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ByteRange(int Offset, int Length)
{
    /// <summary>The part of the text this range was made from.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text) => text.Slice(Offset, Length);

    /// <summary>The part of the text this range was made from.</summary>
    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> text) => text.Slice(Offset, Length);
}
