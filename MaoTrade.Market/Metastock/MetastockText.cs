using System.Text;

namespace MaoTrade.Market.Metastock;

/// <summary>Texts of the index: padded with spaces or NUL, in a code page nobody wrote down.</summary>
internal static class MetastockText
{
    /// <summary>Code page 1252: what most programs that write the format run on.</summary>
    public static Encoding Default { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static string Read(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var end = bytes.IndexOf((byte)0);
        return encoding.GetString(end < 0 ? bytes : bytes[..end]).Trim();
    }

    /// <summary>Writes what fits, the rest filled up with a byte.</summary>
    public static void Write(string text, Span<byte> bytes, byte filler, Encoding encoding)
    {
        bytes.Fill(filler);
        var length = text.Length;
        while (encoding.GetByteCount(text.AsSpan(0, length)) > bytes.Length)
        {
            length--;
        }

        encoding.GetBytes(text.AsSpan(0, length), bytes);
    }
}
