namespace MaoTrade.Market.Charts.Shapes;

/// <summary>A line through places, with round ends.</summary>
/// <param name="Ink">Its colour.</param>
/// <param name="Spots">The places, in their order.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Dash">Pixels drawn and left out in turn; 0 = without gaps.</param>
public sealed record Stroke(Ink Ink, IReadOnlyList<Spot> Spots, double Width = 1, double Dash = 0) : Shape(Ink);
