using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Svg;

/// <summary>
/// Writes a drawing as SVG 1.1: well-formed XML, every text escaped, no script, nothing from elsewhere. Colours are classes of
/// <see cref="Palette.Style"/>, so that a strict Content-Security-Policy needs the hash of one constant style only.
/// </summary>
public static class SvgWriter
{
    private const string TextStyle = "text{font-family:system-ui,-apple-system,\"Segoe UI\",\"DejaVu Sans\",sans-serif;font-variant-numeric:tabular-nums}";

    /// <summary>The style of a file of its own; a page brings the same rules.</summary>
    public static string Style { get; } = Palette.Style + TextStyle + ".h{fill:transparent}.h:hover{fill:var(--k2);fill-opacity:.14}";

    /// <summary>The Content-Security-Policy of a file of its own: its style and nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <summary>A file of its own, with ground and style.</summary>
    public static void WriteFile(Drawing drawing, TextWriter output)
    {
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Open(drawing, output, $" width=\"{drawing.Width}\" height=\"{drawing.Height}\"");
        output.Write($"<style>{Escape(Style)}</style><rect class=\"f-{(int)Ink.Ground}\" width=\"100%\" height=\"100%\"/>");
        Close(drawing, output);
    }

    /// <summary>An element inside a page that has the style.</summary>
    public static void WriteElement(Drawing drawing, TextWriter output)
    {
        Open(drawing, output, "");
        Close(drawing, output);
    }

    /// <summary>Text for XML and HTML; characters that XML does not know become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < 0x20 or (>= 0x7F and <= 0x9F) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune),
            };
        }

        return escaped.ToString();
    }

    private static void Open(Drawing drawing, TextWriter output, string size) => output.Write(
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {drawing.Width} {drawing.Height}\"{size} role=\"img\" aria-label=\"{Escape(drawing.Name)}\">");

    private static void Close(Drawing drawing, TextWriter output)
    {
        foreach (var shape in drawing.Shapes)
        {
            output.Write(Element(shape));
            output.Write('\n');
        }

        output.Write("</svg>");
    }

    private static string Element(Shape shape) => shape switch
    {
        Stroke stroke => Invariant(
            $"<path class=\"s-{(int)stroke.Ink}\" fill=\"none\" stroke-width=\"{stroke.Width:0.##}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"{Dash(stroke)} d=\"{Path(stroke.Spots)}\"/>"),
        Area area => Invariant(
            $"<path class=\"f-{(int)area.Ink}\" fill-rule=\"evenodd\"{(area.Opacity < 1 ? Invariant($" fill-opacity=\"{area.Opacity:0.##}\"") : "")} d=\"{Path(area.Spots)}Z\"/>"),
        Label label => Invariant(
            $"<text class=\"f-{(int)label.Ink}\" x=\"{label.At.X:0.#}\" y=\"{label.At.Y:0.#}\" font-size=\"{label.Size:0.#}\"{AnchorOf(label.Anchor)}{(label.IsBold ? " font-weight=\"600\"" : "")}>{Escape(label.Text)}</text>"),
        Hint hint => Invariant(
            $"<rect class=\"h\" x=\"{hint.X:0.##}\" y=\"{hint.Y:0.#}\" width=\"{hint.Width:0.##}\" height=\"{hint.Height:0.#}\"><title>{Escape(hint.Text)}</title></rect>"),
        _ => "",
    };

    private static string Path(IReadOnlyList<Spot> spots)
    {
        var path = new StringBuilder();
        foreach (var spot in spots)
        {
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{spot.X:0.##} {spot.Y:0.##}");
        }

        return path.ToString();
    }

    private static string Dash(Stroke stroke) => stroke.Dash > 0 ? Invariant($" stroke-dasharray=\"{stroke.Dash:0.#}\"") : "";

    private static string AnchorOf(Anchor anchor) => anchor switch
    {
        Anchor.Middle => " text-anchor=\"middle\"",
        Anchor.End => " text-anchor=\"end\"",
        _ => "",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
