using System.Text;

namespace MaoTrade.Market.Csv;

/// <summary>
/// The text of a file by its byte-order mark: UTF-8, UTF-16 or UTF-32. Without one it is UTF-8, unless every other byte of
/// the beginning is 0, as in UTF-16.
/// </summary>
public static class CsvText
{
    private const int LookedAt = 64;

    /// <summary>Owns the stream, which must be able to seek.</summary>
    public static StreamReader Open(Stream stream)
    {
        Span<byte> beginning = stackalloc byte[LookedAt];
        beginning = beginning[..stream.ReadAtLeast(beginning, LookedAt, throwOnEndOfStream: false)];
        stream.Position = 0;
        return new StreamReader(stream, Guess(beginning), detectEncodingFromByteOrderMarks: true);
    }

    private static Encoding Guess(ReadOnlySpan<byte> beginning)
    {
        if (beginning.Length < 4)
        {
            return Encoding.UTF8;
        }

        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < beginning.Length; i += 2)
        {
            even += beginning[i] == 0 ? 1 : 0;
            odd += beginning[i + 1] == 0 ? 1 : 0;
        }

        var all = beginning.Length / 2;
        return odd == all && even == 0 ? Encoding.Unicode : even == all && odd == 0 ? Encoding.BigEndianUnicode : Encoding.UTF8;
    }
}
