using System.Net;
using System.Text;

namespace MaoApi.News;

/// <summary>Makes plain text and safe addresses of what a feed holds: no tag, no entity, no control character comes through.</summary>
internal static class FeedText
{
    private const int MostAddress = 2000;

    /// <summary>A text that begins with so much markup has no title in it.</summary>
    private const int MostLookedAt = 16 * 1024;

    /// <summary>Text without markup, on one line, no longer than allowed.</summary>
    public static string Plain(string text, int mostCharacters)
    {
        text = text[..Math.Min(text.Length, MostLookedAt)];

        // Feeds escape their markup once or twice: what is a tag after unescaping is markup, too.
        for (var round = 0; round < 2; round++)
        {
            text = WebUtility.HtmlDecode(FeedMarkup.Strip(text));
        }

        var plain = new StringBuilder(Math.Min(text.Length, mostCharacters));
        var isGap = false;
        foreach (var rune in FeedMarkup.Strip(text).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || IsInvisible(rune))
            {
                isGap = plain.Length > 0;
                continue;
            }

            if (plain.Length + rune.Utf16SequenceLength + (isGap ? 1 : 0) > mostCharacters)
            {
                break;
            }

            plain.Append(isGap ? " " : "").Append(rune);
            isGap = false;
        }

        return plain.ToString();
    }

    /// <summary>An absolute http or https address, resolved against that of the feed; null where it is none a browser should open.</summary>
    public static string? Address(string? text, Uri? feed)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > MostAddress
            || !(feed is null ? Uri.TryCreate(text, UriKind.Absolute, out var address) : Uri.TryCreate(feed, text, out address)))
        {
            return null;
        }

        return (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.UserInfo.Length == 0 && address.AbsoluteUri.Length <= MostAddress
                ? address.AbsoluteUri
                : null;
    }

    /// <summary>Characters that turn the direction of text or hide in it.</summary>
    private static bool IsInvisible(Rune rune) => rune.Value is (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2069) or 0xFEFF;
}
