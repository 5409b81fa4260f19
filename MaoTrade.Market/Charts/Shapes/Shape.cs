namespace MaoTrade.Market.Charts.Shapes;

/// <summary>Something drawn. Units are pixels of the drawing, x to the right, y down.</summary>
/// <param name="Ink">What it is drawn for.</param>
public abstract record Shape(Ink Ink);
