using System.Text;
using System.Text.RegularExpressions;

namespace MaoApi.News;

/// <summary>Finds out how the bytes of a feed are text: its byte order mark, what the server says, what the document says, UTF-8.</summary>
internal static partial class FeedEncoding
{
    private const int DeclarationBytes = 200;

    static FeedEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text; where the bytes are not what they are said to be, as Western European letters, and a fault that says so.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="charset">What the server says, or null.</param>
    public static (string Text, FeedFault? Fault) Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var (marked, length) = Mark(bytes);
        var declared = charset ?? Declared(bytes);
        var encoding = marked ?? Find(declared);
        if (encoding is null)
        {
            return (Encoding.Latin1.GetString(bytes), new FeedFault(0, $"the encoding {FeedText.Plain(declared!, 40)} is not known; read as ISO-8859-1"));
        }

        try
        {
            return (encoding.GetString(bytes[length..]), null);
        }
        catch (DecoderFallbackException)
        {
            return (Encoding.Latin1.GetString(bytes[length..]), new FeedFault(0, $"the text is not {encoding.WebName} as it says; read as ISO-8859-1"));
        }
    }

    private static Encoding? Find(string? name)
    {
        try
        {
            return Encoding.GetEncoding(name ?? "utf-8", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static (Encoding? Encoding, int Length) Mark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Find("utf-8"), 3),
        [0xFE, 0xFF, ..] => (Find("utf-16BE"), 2),
        [0xFF, 0xFE, ..] => (Find("utf-16"), 2),
        _ => (null, 0),
    };

    private static string? Declared(ReadOnlySpan<byte> bytes) =>
        Declaration().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)])) is { Success: true } match
            ? match.Groups["name"].Value
            : null;

    [GeneratedRegex("""^\s*<\?xml[^>]*?encoding\s*=\s*["'](?<name>[A-Za-z0-9._-]{1,40})["']""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex Declaration();
}
