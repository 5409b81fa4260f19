using System.Globalization;

namespace MaoTrade.Protocol.Framing;

/// <summary>Escapes in JSON strings; the JSON reader checks their form, not that surrogates come in pairs.</summary>
internal static class JsonEscapes
{
    /// <summary>Whether each escaped high surrogate is followed at once by an escaped low one and no low one stands alone.</summary>
    /// <param name="text">Content of a well-formed JSON string.</param>
    public static bool ArePaired(ReadOnlySpan<byte> text)
    {
        var rest = text;
        for (var at = rest.IndexOf((byte)'\\'); at >= 0; at = rest.IndexOf((byte)'\\'))
        {
            rest = rest[at..];
            if (!TryUnit(rest, out var unit))
            {
                rest = rest[2..];
                continue;
            }

            rest = rest[6..];
            if (char.IsLowSurrogate(unit))
            {
                return false;
            }

            if (char.IsHighSurrogate(unit))
            {
                if (!TryUnit(rest, out var low) || !char.IsLowSurrogate(low))
                {
                    return false;
                }

                rest = rest[6..];
            }
        }

        return true;
    }

    private static bool TryUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = '\0';
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u')
        {
            return false;
        }

        unit = (char)ushort.Parse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return true;
    }
}
