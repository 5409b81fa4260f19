using System.Buffers.Text;

namespace MaoTrade.Protocol.Client;

/// <summary>Ids of this client: numbers that a proxy never uses twice, so a late reply cannot meet another request.</summary>
internal static class ReplyIds
{
    public static bool TryParse(ReadOnlySpan<byte> raw, out ulong id) =>
        Utf8Parser.TryParse(raw, out id, out var consumed) && consumed == raw.Length;

    public static bool Is(ReadOnlySpan<byte> raw, ulong id) => TryParse(raw, out var other) && other == id;
}
