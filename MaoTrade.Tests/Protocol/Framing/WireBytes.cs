using System.Globalization;
using System.Text;

namespace MaoTrade.Tests.Protocol.Framing;

/// <summary>Bytes written down as text: UTF-8, with <c>&lt;04&gt;</c> for raw bytes and <c>&lt;MARK&gt;</c> for the marker.</summary>
internal static class WireBytes
{
    public static byte[] Of(string text)
    {
        var bytes = new List<byte>();
        text = text.Replace("<MARK>", "<00><FF>mtbinary<00><FF>", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '<')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 3;
                continue;
            }

            var length = char.IsHighSurrogate(text[i]) ? 2 : 1;
            bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
            i += length - 1;
        }

        return [.. bytes];
    }
}
