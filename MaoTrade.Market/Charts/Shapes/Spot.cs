namespace MaoTrade.Market.Charts.Shapes;

/// <summary>A place in a drawing.</summary>
/// <param name="X">Pixels from the left.</param>
/// <param name="Y">Pixels from the top.</param>
public readonly record struct Spot(double X, double Y);
