namespace MaoApi.MarketData.Search;

/// <summary>What a short word may have been meant to be: one letter wrong, missing, too many, or two in the wrong order.</summary>
internal static class Misspellings
{
    public const int FewestChars = 3;
    public const int MostChars = 8;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Calls back with each, some of them twice; the span is only good until it returns.</summary>
    public static void Of(ReadOnlySpan<char> word, Action<ReadOnlySpan<char>> found)
    {
        Span<char> other = stackalloc char[MostChars + 1];
        Span<char> same = stackalloc char[MostChars];
        for (var at = 0; at <= word.Length; at++)
        {
            word[..at].CopyTo(other);
            word[at..].CopyTo(other[(at + 1)..]);
            foreach (var letter in Alphabet)
            {
                other[at] = letter;
                found(other[..(word.Length + 1)]);
                if (at < word.Length)
                {
                    // The same letter in the place of the one that stands there.
                    word.CopyTo(same);
                    same[at] = letter;
                    found(same[..word.Length]);
                }
            }

            if (at < word.Length)
            {
                word[..at].CopyTo(other);
                word[(at + 1)..].CopyTo(other[at..]);
                found(other[..(word.Length - 1)]);
            }

            if (at + 1 < word.Length)
            {
                word.CopyTo(other);
                (other[at], other[at + 1]) = (other[at + 1], other[at]);
                found(other[..word.Length]);
            }
        }
    }
}
