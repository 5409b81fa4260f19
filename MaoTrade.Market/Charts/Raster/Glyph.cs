using System.Globalization;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Raster;

/// <summary>One letter.</summary>
/// <param name="Width">Units; capitals are 6 high.</param>
/// <param name="Lines">Each a line through places, y upwards from the base line.</param>
internal sealed record Glyph(double Width, Spot[][] Lines)
{
    /// <summary>All letters of <see cref="GlyphTable"/>.</summary>
    public static Dictionary<char, Glyph> ReadAll(int smoothness) => GlyphTable.Text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(row => (Letter: row.StartsWith("box ", StringComparison.Ordinal) ? '\0' : row[0], Row: row[(row.IndexOf(' ', 1) + 1)..]))
        .ToDictionary(row => row.Letter, row => Read(row.Row, smoothness));

    /// <summary>Lines divided by <c>|</c>, a leading <c>~</c> makes one smooth; <c>=w</c> is a width, else that of the lines.</summary>
    private static Glyph Read(string row, int smoothness)
    {
        if (row.StartsWith('='))
        {
            var end = row.IndexOf('|', StringComparison.Ordinal);
            return Of(end < 0 ? [] : ReadLines(row[(end + 1)..], smoothness)) with
            {
                Width = double.Parse(row.AsSpan(1, (end < 0 ? row.Length : end) - 1), CultureInfo.InvariantCulture),
            };
        }

        return Of(ReadLines(row, smoothness));
    }

    private static Glyph Of(Spot[][] lines) => new(lines.SelectMany(line => line).Select(spot => spot.X).DefaultIfEmpty().Max(), lines);

    private static Spot[][] ReadLines(string text, int smoothness) =>
        [.. text.Split('|').Select(line => line.StartsWith('~') ? Smooth(Spots(line[1..]), smoothness) : Spots(line))];

    private static Spot[] Spots(string line) =>
    [
        .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var comma = pair.IndexOf(',', StringComparison.Ordinal);
            return new Spot(double.Parse(pair.AsSpan(0, comma), CultureInfo.InvariantCulture), double.Parse(pair.AsSpan(comma + 1), CultureInfo.InvariantCulture));
        }),
    ];

    /// <summary>A Catmull-Rom curve through places; closed where it ends where it began.</summary>
    private static Spot[] Smooth(Spot[] spots, int smoothness)
    {
        var isClosed = spots[0] == spots[^1];
        var curve = new List<Spot> { spots[0] };
        for (var i = 0; i + 1 < spots.Length; i++)
        {
            var before = i > 0 ? spots[i - 1] : isClosed ? spots[^2] : spots[0];
            var after = i + 2 < spots.Length ? spots[i + 2] : isClosed ? spots[1] : spots[^1];
            for (var step = 1; step <= smoothness; step++)
            {
                var t = (double)step / smoothness;
                curve.Add(new Spot(
                    At(before.X, spots[i].X, spots[i + 1].X, after.X, t), At(before.Y, spots[i].Y, spots[i + 1].Y, after.Y, t)));
            }
        }

        return [.. curve];
    }

    private static double At(double a, double b, double c, double d, double t) =>
        0.5 * ((2 * b) + ((c - a) * t) + (((2 * a) - (5 * b) + (4 * c) - d) * t * t) + (((3 * b) - a - (3 * c) + d) * t * t * t));
}
