using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts;

/// <summary>Shapes in the order they are drawn: the one model of which <see cref="Svg.SvgWriter"/> and <see cref="Raster.PngPicture"/> write files.</summary>
public sealed class Drawing(string name, int width, int height)
{
    private readonly List<Shape> _shapes = [];

    /// <summary>What it shows, for people who do not see it.</summary>
    public string Name { get; } = name;

    /// <summary>Pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Pixels.</summary>
    public int Height { get; } = height;

    public IReadOnlyList<Shape> Shapes => _shapes;

    public void Add(Shape shape) => _shapes.Add(shape);

    public void AddRange(IEnumerable<Shape> shapes) => _shapes.AddRange(shapes);
}
