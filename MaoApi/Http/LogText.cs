using System.Buffers;
using System.Text;

namespace MaoApi.Http;

/// <summary>Makes what a stranger sent fit for one line of a log: control characters are written as <c>\uXXXX</c>, long text is cut.</summary>
internal static class LogText
{
    private const int MaxLength = 256;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7E - 0x20 + 1).Select(c => (char)c)]);

    public static string Clean(string text)
    {
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var clean = new StringBuilder(MaxLength);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            if (char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029')
            {
                clean.Append($"\\u{(int)character:x4}");
            }
            else
            {
                clean.Append(character);
            }
        }

        return text.Length > MaxLength ? clean.Append('…').ToString() : clean.ToString();
    }
}
