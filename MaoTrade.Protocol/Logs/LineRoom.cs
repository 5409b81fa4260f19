using System.Text;
using System.Text.Encodings.Web;

namespace MaoTrade.Protocol.Logs;

/// <summary>
/// Room for the texts of an event on one line of standard output. Docker's drivers cut lines at 16 KiB, and a piece of a document is none:
/// message and stack trace are cut before that, so that a line always arrives whole. The daily files have all of them.
/// </summary>
public static class LineRoom
{
    /// <summary>What Docker takes as one line, without its end.</summary>
    public const int MaxLineBytes = 16 * 1024;

    /// <summary>For message and stack trace together, as JSON; all other fields of an event are short.</summary>
    private const int TextBytes = 13 * 1024;

    /// <summary>What may stand in a field beside these two.</summary>
    private const int FieldBytes = 256;
    private const string Mark = "…";

    /// <summary>Both as they fit: each has half, and what the other leaves.</summary>
    public static (string Message, string? StackTrace) Fit(string message, string? stackTrace, JavaScriptEncoder encoder)
    {
        var traceBytes = Length(stackTrace ?? "", encoder);
        var fitted = Cut(message, Math.Max(TextBytes - traceBytes, TextBytes / 2), encoder);
        return (fitted, stackTrace is null ? null : Cut(stackTrace, TextBytes - Length(fitted, encoder), encoder));
    }

    /// <summary>A field that is short, but for those who write what they like into it.</summary>
    public static string Fit(string field, JavaScriptEncoder encoder) => Cut(field, FieldBytes, encoder);

    private static string Cut(string text, int bytes, JavaScriptEncoder encoder)
    {
        if (text.Length * 6 <= bytes || Length(text, encoder) <= bytes)
        {
            return text;
        }

        var most = bytes - Length(Mark, encoder);
        var (fits, tooLong) = (0, Math.Min(text.Length, most) + 1);
        while (tooLong - fits > 1)
        {
            var half = (fits + tooLong) / 2;
            (fits, tooLong) = Length(text[..half], encoder) <= most ? (half, tooLong) : (fits, half);
        }

        return string.Concat(text.AsSpan(0, fits > 0 && char.IsHighSurrogate(text[fits - 1]) ? fits - 1 : fits), Mark);
    }

    /// <summary>Half a character, which outside text may hold, counts as the sign that is written in its place.</summary>
    private static int Length(string text, JavaScriptEncoder encoder) => Encoding.UTF8.GetByteCount(encoder.Encode(text));
}
