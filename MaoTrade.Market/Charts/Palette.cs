using System.Text;

namespace MaoTrade.Market.Charts;

/// <summary>
/// Colours that stay apart for people who do not see all of them, after Okabe and Ito, <em>Color Universal Design</em> (2008); on dark ground
/// their lighter kin. What rises is hollow and what falls is filled, lines have dashes of their own: a print in grey loses nothing.
/// </summary>
public static class Palette
{
    private static readonly (uint Light, uint Dark)[] Colours =
    [
        (0xFFFFFF, 0x171D24),
        (0x1B2430, 0xE6EBF0),
        (0x5B6773, 0x9AA6B2),
        (0xE1E6EB, 0x2C3641),
        (0x00795A, 0x35C29A),
        (0xC8500A, 0xFF8A4C),
        (0x0064A8, 0x6CB8F2),
        (0xA8438A, 0xE49BC9),
        (0x8A6D00, 0xE3C34A),
        (0x2E8FC0, 0x8FD3F5),
        (0x6B5BB5, 0xB5A8F0),
    ];

    /// <summary>Rules for SVG and HTML: <c>.s-</c> strokes and <c>.f-</c> fills with an ink's number; dark where the reader wants it, light on paper.</summary>
    public static string Style { get; } = BuildStyle();

    /// <summary>Colour on light ground, 0xRRGGBB.</summary>
    public static uint Light(Ink ink) => Colours[(int)ink].Light;

    private static string BuildStyle()
    {
        var style = new StringBuilder();
        for (var i = 0; i < Colours.Length; i++)
        {
            style.Append($".s-{i}{{stroke:var(--k{i})}}.f-{i}{{fill:var(--k{i})}}");
        }

        style.Append(":root,svg{").Append(Variables(colours => colours.Light)).Append('}');
        style.Append("@media screen and (prefers-color-scheme:dark){:root,svg{").Append(Variables(colours => colours.Dark)).Append("}}");
        return style.ToString();
    }

    private static string Variables(Func<(uint Light, uint Dark), uint> colour) =>
        string.Join(';', Colours.Select((pair, i) => $"--k{i}:#{colour(pair):x6}"));
}
