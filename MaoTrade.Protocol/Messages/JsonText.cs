using System.Text;
using System.Text.Json;

namespace MaoTrade.Protocol.Messages;

/// <summary>The content of JSON strings, still escaped, as parsed heads point to it.</summary>
public static class JsonText
{
    /// <summary>The string that <paramref name="raw"/> stands for.</summary>
    /// <param name="raw">Content of a well-formed JSON string without its quotes.</param>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty)
        {
            return "";
        }

        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var quoted = new byte[raw.Length + 2];
        quoted[0] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        quoted[^1] = (byte)'"';
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>How many characters (Unicode code points) the string has.</summary>
    internal static int CountCharacters(ReadOnlySpan<byte> raw)
    {
        var count = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\\')
            {
                i += raw[i + 1] != 'u' ? 1 : IsHighSurrogate(raw[(i + 2)..]) ? 11 : 5;
                count++;
            }
            else if ((raw[i] & 0xC0) != 0x80)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Whether an escape stands for a control character.</summary>
    internal static bool HasControl(ReadOnlySpan<byte> raw)
    {
        foreach (var character in Decode(raw))
        {
            if (char.IsControl(character))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHighSurrogate(ReadOnlySpan<byte> hex) =>
        hex[0] is (byte)'d' or (byte)'D' && hex[1] is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'A' or (byte)'b' or (byte)'B';
}
