using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Raster;

/// <summary>Draws a drawing on light ground and writes it as PNG: what the SVG shows, pixel for pixel as far as text allows.</summary>
public static class PngPicture
{
    /// <summary>Pixels of the picture for one of the drawing: sharp on screens of today.</summary>
    public const int Scale = 2;

    /// <summary>Pixels a picture has at most; the memory it takes while it is drawn is 7 bytes for each.</summary>
    public const int MostPixels = 16_000_000;

    private const double TextWeight = 0.095;
    private const double BoldWeight = 0.14;

    /// <summary>Draws and writes.</summary>
    /// <exception cref="ArgumentException">The drawing is too large.</exception>
    public static void Write(Drawing drawing, Stream output)
    {
        var (width, height) = (drawing.Width * Scale, drawing.Height * Scale);
        if ((long)width * height > MostPixels)
        {
            throw new ArgumentException($"A picture has at most {MostPixels} pixels, not {width} x {height}.", nameof(drawing));
        }

        var canvas = new Canvas(width, height, Palette.Light(Ink.Ground));
        foreach (var shape in drawing.Shapes)
        {
            Draw(canvas, shape);
        }

        PngFile.Write(canvas, output);
    }

    private static void Draw(Canvas canvas, Shape shape)
    {
        switch (shape)
        {
            case Stroke stroke:
                Gather(canvas, stroke);
                canvas.Lay(Palette.Light(stroke.Ink), 1);
                break;
            case Area area:
                canvas.Gather([.. area.Spots.Select(Scaled)]);
                canvas.Lay(Palette.Light(area.Ink), area.Opacity);
                break;
            case Label label:
                Gather(canvas, label);
                canvas.Lay(Palette.Light(label.Ink), 1);
                break;
        }
    }

    private static void Gather(Canvas canvas, Label label)
    {
        var size = label.Size * Scale;
        var part = label.Anchor switch { Anchor.Middle => 0.5, Anchor.End => 1, _ => 0 };
        var at = Scaled(label.At);
        var weight = size * (label.IsBold ? BoldWeight : TextWeight);
        foreach (var (from, to) in StrokeFont.Lines(label.Text, at with { X = at.X - (StrokeFont.Measure(label.Text, size) * part) }, size))
        {
            canvas.Gather(from, to, weight);
        }
    }

    private static void Gather(Canvas canvas, Stroke stroke)
    {
        var width = stroke.Width * Scale;
        var dash = stroke.Dash * Scale;
        var walked = 0.0;
        for (var i = 0; i + 1 < stroke.Spots.Count; i++)
        {
            var (from, to) = (Scaled(stroke.Spots[i]), Scaled(stroke.Spots[i + 1]));
            if (dash <= 0)
            {
                canvas.Gather(from, to, width);
                continue;
            }

            foreach (var (begin, end) in Dashes(from, to, dash, walked))
            {
                canvas.Gather(begin, end, width);
            }

            walked += Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
        }
    }

    /// <summary>The drawn parts of a line of which some was walked before.</summary>
    private static IEnumerable<(Spot From, Spot To)> Dashes(Spot from, Spot to, double dash, double walked)
    {
        var length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
        if (length <= 0)
        {
            yield break;
        }

        for (var begin = -(walked % (2 * dash)); begin < length; begin += 2 * dash)
        {
            var (first, last) = (Math.Max(0, begin), Math.Min(length, begin + dash));
            if (last > first)
            {
                yield return (At(first / length), At(last / length));
            }
        }

        Spot At(double part) => new(from.X + ((to.X - from.X) * part), from.Y + ((to.Y - from.Y) * part));
    }

    private static Spot Scaled(Spot spot) => new(spot.X * Scale, spot.Y * Scale);
}
