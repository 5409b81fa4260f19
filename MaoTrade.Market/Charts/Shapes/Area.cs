namespace MaoTrade.Market.Charts.Shapes;

/// <summary>A filled polygon; where it crosses itself, what is enclosed an even number of times is left out.</summary>
/// <param name="Ink">Its colour.</param>
/// <param name="Spots">Its corners.</param>
/// <param name="Opacity">0 to 1.</param>
public sealed record Area(Ink Ink, IReadOnlyList<Spot> Spots, double Opacity = 1) : Shape(Ink)
{
    /// <summary>A box.</summary>
    public static Area Box(Ink ink, double x, double y, double width, double height, double opacity = 1) =>
        new(ink, [new(x, y), new(x + width, y), new(x + width, y + height), new(x, y + height)], opacity);
}
