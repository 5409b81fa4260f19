using System.Text;

namespace MaoApi.News;

/// <summary>Takes the tags out of text. Each character is looked at a few times at most, however the tags lie.</summary>
internal static class FeedMarkup
{
    /// <summary>What is in them is no text.</summary>
    private static readonly string[] Raw = ["script", "style"];

    /// <summary>A paragraph's end parts words, the end of bold letters does not.</summary>
    private static readonly string[] Parts = ["br", "p", "div", "li", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6"];

    /// <summary>The text between the tags; a tag without end takes the rest with it.</summary>
    public static string Strip(string text)
    {
        var plain = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] != '<' || at + 1 == text.Length || !IsTagStart(text[at + 1]))
            {
                plain.Append(text[at++]);
                continue;
            }

            var name = NameAt(text, at);
            plain.Append(IsOneOf(Parts, name) ? " " : "");
            at = IsOneOf(Raw, name) && text[at + 1] != '/' ? After(text, at, $"</{name}") : at;
            at = text.AsSpan(at).StartsWith("<!--") ? After(text, at, "-->") : After(text, at, ">");
        }

        return plain.ToString();
    }

    private static bool IsTagStart(char next) => char.IsAsciiLetter(next) || next is '/' or '!' or '?';

    private static string NameAt(string text, int at)
    {
        var begin = text[at + 1] == '/' ? at + 2 : at + 1;
        var end = begin;
        while (end < text.Length && end - begin < 10 && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        return text[begin..end];
    }

    private static bool IsOneOf(string[] names, string name) => Array.Exists(names, one => one.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static int After(string text, int at, string end) =>
        text.IndexOf(end, at, StringComparison.OrdinalIgnoreCase) is >= 0 and var found ? found + end.Length : text.Length;
}
