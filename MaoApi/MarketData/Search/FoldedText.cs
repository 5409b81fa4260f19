using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MaoApi.MarketData.Search;

/// <summary>Texts as they are compared: without accents and case, one space between words.</summary>
internal static class FoldedText
{
    /// <summary>Longer ones are cut: it is what a query and a name may hold.</summary>
    private const int MostChars = 200;

    /// <summary>Letters with an accent, behind the letter they are. The framework's own table is not in every container.</summary>
    private static readonly FrozenDictionary<char, char> Plain = new[]
    {
        "AÀÁÂÃÄÅĀĂĄ", "CÇĆĈĊČ", "DĎĐ", "EÈÉÊËĒĔĖĘĚ", "GĜĞĠĢ", "HĤĦ", "IÌÍÎÏĨĪĬĮİ", "JĴ", "KĶ", "LĹĻĽĿŁ", "NÑŃŅŇ", "OÒÓÔÕÖØŌŎŐ", "RŔŖŘ", "SŚŜŞŠȘ",
        "TŢŤŦȚ", "UÙÚÛÜŨŪŬŮŰŲ", "WŴ", "YÝŶŸ", "ZŹŻŽ", "ΑΆ", "ΕΈ", "ΗΉ", "ΙΊΪ", "ΟΌ", "ΥΎΫ", "ΩΏ",
    }.SelectMany(letters => letters.Skip(1).Select(accented => KeyValuePair.Create(accented, letters[0]))).ToFrozenDictionary();

    public static string Of(string text)
    {
        var folded = new StringBuilder(Math.Min(text.Length, MostChars));
        var isSpace = true;
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, 2 * MostChars)))
        {
            if (folded.Length == MostChars)
            {
                break;
            }

            if (char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character))
            {
                if (!isSpace)
                {
                    folded.Append(' ');
                }

                isSpace = true;
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                var upper = char.ToUpperInvariant(character);
                folded.Append(Plain.GetValueOrDefault(upper, upper));
                isSpace = false;
            }
        }

        return folded.ToString().TrimEnd(' ');
    }
}
