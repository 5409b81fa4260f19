using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Raster;

/// <summary>Letters as lines, as a plotter draws them: pictures need no font of the machine. Letters with marks lose them, what it does not know is a box.</summary>
internal static class StrokeFont
{
    /// <summary>Height of capitals, in the font's units.</summary>
    private const double Capital = 6;

    /// <summary>Height of capitals as a part of the size of a text.</summary>
    private const double CapitalPart = 0.7;
    private const double Gap = 1.5;
    private const int Smoothness = 5;

    /// <summary>By hand: programs without language data of the machine cannot take marks off.</summary>
    private const string Marked = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ";
    private const string Unmarked = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyy";

    private static readonly Dictionary<char, Glyph> Glyphs = Glyph.ReadAll(Smoothness);

    /// <summary>Width of a text of a size.</summary>
    public static double Measure(string text, double size) =>
        Math.Max(0, Known(text).Sum(letter => letter.Width + Gap) - Gap) * size * CapitalPart / Capital;

    /// <summary>The lines of a text whose base line begins at a place.</summary>
    public static IEnumerable<(Spot From, Spot To)> Lines(string text, Spot at, double size)
    {
        var scale = size * CapitalPart / Capital;
        var x = at.X;
        foreach (var letter in Known(text))
        {
            foreach (var line in letter.Lines)
            {
                for (var i = 0; i + 1 < line.Length; i++)
                {
                    yield return (Place(line[i]), Place(line[i + 1]));
                }
            }

            x += (letter.Width + Gap) * scale;
        }

        Spot Place(Spot spot) => new(x + (spot.X * scale), at.Y - (spot.Y * scale));
    }

    private static IEnumerable<Glyph> Known(string text)
    {
        foreach (var letter in text)
        {
            var marked = Marked.IndexOf(letter, StringComparison.Ordinal);
            var plain = marked >= 0 ? Unmarked[marked] : letter switch
            {
                '–' or '—' or '−' or '‑' => '-',
                '×' => 'x',
                '’' or '‘' => '\'',
                '“' or '”' => '"',
                _ => letter,
            };
            if (!char.IsLowSurrogate(plain))
            {
                yield return Glyphs.TryGetValue(plain, out var glyph) ? glyph : Glyphs['\0'];
            }
        }
    }
}
