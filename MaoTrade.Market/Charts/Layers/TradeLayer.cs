using System.Globalization;
using MaoTrade.Market.Charts.Scales;
using MaoTrade.Market.Charts.Shapes;

namespace MaoTrade.Market.Charts.Layers;

/// <summary>
/// Fills as triangles, upwards below a price that was bought at, downwards above one that was sold at, and trades as lines between them: without
/// gaps where won, dashed where lost.
/// </summary>
/// <param name="Fills">In the order of time.</param>
/// <param name="Trades">In the order of time.</param>
public sealed record TradeLayer(IReadOnlyList<FillMark> Fills, IReadOnlyList<HeldMark> Trades) : Layer
{
    /// <summary>More would hide the prices.</summary>
    private const int MostDrawn = 800;
    private const int MostTold = 4;

    private readonly ILookup<int, string> _told = Fills.ToLookup(fill => fill.Bar, fill => fill.Text);

    public override (double Low, double High) Range => (double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Fills too many to draw are told where somebody points at.</summary>
    public static string NameOf(int fills) => fills > MostDrawn ? string.Create(CultureInfo.InvariantCulture, $"{fills:N0} fills, too many to draw") : "";

    public override void Draw(Drawing drawing, BarAxis axis, ValueScale scale)
    {
        if (Fills.Count > MostDrawn)
        {
            return;
        }

        foreach (var trade in Trades)
        {
            drawing.Add(new Stroke(
                trade.IsWon ? Ink.Up : Ink.Down,
                [new(axis.X(trade.EntryBar), scale.Y(trade.EntryPrice)), new(axis.X(trade.ExitBar), scale.Y(trade.ExitPrice))],
                1.2,
                trade.IsWon ? 0 : 3));
        }

        var size = Fills.Count switch { < 80 => 5.5, < 300 => 4, _ => 3 };
        foreach (var fill in Fills)
        {
            var (x, y) = (axis.X(fill.Bar), scale.Y(fill.Price));
            var tail = fill.IsBuy ? y + (1.9 * size) : y - (1.9 * size);
            Spot[] triangle = [new(x, y), new(x - size, tail), new(x + size, tail)];
            drawing.Add(new Area(fill.IsBuy ? Ink.Up : Ink.Down, triangle));
            drawing.Add(new Stroke(Ink.Ground, [.. triangle, triangle[0]], 0.8));
        }
    }

    public override string? Tell(int first, int count, ValueScale scale)
    {
        var told = Enumerable.Range(first, count).SelectMany(bar => _told[bar]).ToList();
        return told.Count switch
        {
            0 => null,
            <= MostTold => string.Join(", ", told),
            _ => $"{told.Count} fills, the last: {told[^1]}",
        };
    }
}
