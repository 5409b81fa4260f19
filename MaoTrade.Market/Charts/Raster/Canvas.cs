using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Raster;

/// <summary>
/// Pixels that shapes are laid over with soft edges. A line covers a pixel by its distance from the line's middle; an area by the part
/// of four rows of the pixel that lies inside. A shape is first gathered as coverage and then laid over once, so that where it meets itself
/// nothing darkens.
/// </summary>
internal sealed class Canvas
{
    private const int SubRows = 4;

    private readonly byte[] _pixels;
    private readonly float[] _coverage;
    private (int Left, int Top, int Right, int Bottom) _touched;

    public Canvas(int width, int height, uint ground)
    {
        (Width, Height) = (width, height);
        _pixels = new byte[width * height * 3];
        _coverage = new float[width * height];
        for (var i = 0; i < _pixels.Length; i += 3)
        {
            (_pixels[i], _pixels[i + 1], _pixels[i + 2]) = Parts(ground);
        }

        Forget();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green, blue of a row.</summary>
    public ReadOnlySpan<byte> Row(int y) => _pixels.AsSpan(y * Width * 3, Width * 3);

    /// <summary>A line with round ends, gathered.</summary>
    public void Gather(Spot from, Spot to, double width)
    {
        var half = Math.Max(width, 0.6) / 2;
        var reach = half + 1;
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        var top = Math.Max(0, (int)Math.Floor(Math.Min(from.Y, to.Y) - reach));
        var bottom = Math.Min(Height - 1, (int)Math.Ceiling(Math.Max(from.Y, to.Y) + reach));
        for (var y = top; y <= bottom; y++)
        {
            var (first, last) = Reach(from, to, y + 0.5, reach);
            var left = Math.Max(0, (int)Math.Floor(first));
            var right = Math.Min(Width - 1, (int)Math.Ceiling(last));
            for (var x = left; x <= right; x++)
            {
                var (px, py) = (x + 0.5 - from.X, y + 0.5 - from.Y);
                var along = length > 0 ? Math.Clamp(((px * dx) + (py * dy)) / (length * length), 0, 1) : 0;
                var (ox, oy) = (px - (along * dx), py - (along * dy));
                var cover = (float)Math.Clamp(half + 0.5 - Math.Sqrt((ox * ox) + (oy * oy)), 0, 1);
                ref var old = ref _coverage[(y * Width) + x];
                old = Math.Max(old, cover);
            }

            Touch(left, right, y);
        }
    }

    /// <summary>The inside of a polygon, gathered; even-odd.</summary>
    public void Gather(IReadOnlyList<Spot> corners)
    {
        if (corners.Count < 3)
        {
            return;
        }

        var top = Math.Max(0, (int)Math.Floor(corners.Min(corner => corner.Y)));
        var bottom = Math.Min(Height - 1, (int)Math.Ceiling(corners.Max(corner => corner.Y)));
        var crossings = new List<double>();
        for (var y = top; y <= bottom; y++)
        {
            for (var sub = 0; sub < SubRows; sub++)
            {
                Cross(corners, y + ((sub + 0.5) / SubRows), crossings);
                for (var i = 0; i + 1 < crossings.Count; i += 2)
                {
                    Span(y, crossings[i], crossings[i + 1]);
                }
            }
        }
    }

    /// <summary>Lays what was gathered over the pixels.</summary>
    public void Lay(uint colour, double opacity)
    {
        var (red, green, blue) = Parts(colour);
        for (var y = _touched.Top; y <= _touched.Bottom; y++)
        {
            for (var x = _touched.Left; x <= _touched.Right; x++)
            {
                var at = (y * Width) + x;
                var cover = Math.Min(1, _coverage[at]) * (float)opacity;
                if (cover > 0)
                {
                    var pixel = _pixels.AsSpan(at * 3, 3);
                    (pixel[0], pixel[1], pixel[2]) = (Mix(pixel[0], red, cover), Mix(pixel[1], green, cover), Mix(pixel[2], blue, cover));
                }

                _coverage[at] = 0;
            }
        }

        Forget();
    }

    private static byte Mix(byte below, byte above, float cover) => (byte)(below + ((above - below) * cover) + 0.5f);

    private static (byte Red, byte Green, byte Blue) Parts(uint colour) => ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);

    /// <summary>Where a row may be covered by a line.</summary>
    private static (double First, double Last) Reach(Spot from, Spot to, double y, double reach)
    {
        var (left, right) = (Math.Min(from.X, to.X), Math.Max(from.X, to.X));
        var dy = to.Y - from.Y;
        if (Math.Abs(dy) > 1e-9)
        {
            var slope = (to.X - from.X) / dy;
            var (a, b) = (from.X + ((y - reach - from.Y) * slope), from.X + ((y + reach - from.Y) * slope));
            (left, right) = (Math.Max(left, Math.Min(a, b)), Math.Min(right, Math.Max(a, b)));
        }

        return (left - reach, right + reach);
    }

    private static void Cross(IReadOnlyList<Spot> corners, double y, List<double> crossings)
    {
        crossings.Clear();
        for (var i = 0; i < corners.Count; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Count]);
            if (a.Y <= y != b.Y <= y)
            {
                crossings.Add(a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X)));
            }
        }

        crossings.Sort();
    }

    private void Span(int y, double from, double to)
    {
        var left = Math.Max(0, (int)Math.Floor(from));
        var right = Math.Min(Width - 1, (int)Math.Ceiling(to));
        for (var x = left; x <= right; x++)
        {
            _coverage[(y * Width) + x] += (float)(Math.Max(0, Math.Min(x + 1, to) - Math.Max(x, from)) / SubRows);
        }

        Touch(left, right, y);
    }

    private void Touch(int left, int right, int y)
    {
        if (left <= right)
        {
            _touched = (Math.Min(_touched.Left, left), Math.Min(_touched.Top, y), Math.Max(_touched.Right, right), Math.Max(_touched.Bottom, y));
        }
    }

    private void Forget() => _touched = (Width, Height, -1, -1);
}
