using System.Globalization;

namespace MaoTrade.Market.Csv;

/// <summary>Numbers as a file writes them: with a decimal point or a decimal comma, the other of the two may divide thousands.</summary>
internal static class CsvNumbers
{
    private const NumberStyles Styles =
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private const int MostChars = 64;

    public static bool TryParse(ReadOnlySpan<char> text, bool decimalComma, out decimal value)
    {
        if (!decimalComma && !text.Contains(','))
        {
            return decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out value);
        }

        value = 0;
        text = text.Trim();
        Span<char> plain = stackalloc char[MostChars];
        return text.Length <= MostChars && TryPlain(text, decimalComma ? ',' : '.', plain, out var length)
            && decimal.TryParse(plain[..length], Styles, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>
    /// What a number says of its own form: 1 its comma is the decimal one, -1 its point is, 0 it could be either (1,234).
    /// </summary>
    public static int DecimalComma(ReadOnlySpan<char> text)
    {
        var (comma, point) = (text.LastIndexOf(','), text.LastIndexOf('.'));
        if (comma >= 0 && point >= 0)
        {
            return comma > point ? 1 : -1;
        }

        var last = Math.Max(comma, point);
        if (last < 0)
        {
            return 0;
        }

        var several = text.IndexOf(text[last]) != last;
        var digits = text.Length - last - 1;
        var isDecimal = several ? false : digits != 3;
        return !several && digits == 3 ? 0 : (comma >= 0) == isDecimal ? 1 : -1;
    }

    /// <summary>Leaves out what divides thousands and writes the decimal sign as a point.</summary>
    private static bool TryPlain(ReadOnlySpan<char> text, char decimalSign, Span<char> plain, out int length)
    {
        var groupSign = decimalSign == ',' ? '.' : ',';
        var end = text.IndexOf(decimalSign);
        var whole = end < 0 ? text : text[..end];
        length = 0;
        var sinceGroup = -1;
        foreach (var sign in whole)
        {
            if (sign == groupSign)
            {
                if (length == 0 || (sinceGroup >= 0 ? sinceGroup != 3 : length > 3))
                {
                    return false;
                }

                sinceGroup = 0;
                continue;
            }

            sinceGroup += sinceGroup >= 0 ? 1 : 0;
            plain[length++] = sign;
        }

        if (sinceGroup is not (-1 or 3))
        {
            return false;
        }

        if (end >= 0)
        {
            if (text[(end + 1)..].ContainsAny(groupSign, decimalSign))
            {
                return false;
            }

            plain[length++] = '.';
            text[(end + 1)..].CopyTo(plain[length..]);
            length += text.Length - end - 1;
        }

        return true;
    }
}
