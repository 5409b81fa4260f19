namespace MaoTrade.Market.Charts.Shapes;

/// <summary>A line of text.</summary>
/// <param name="Ink">Its colour.</param>
/// <param name="At">Where its base line begins, is in the middle or ends.</param>
/// <param name="Text">Any text; writers escape it.</param>
/// <param name="Size">Pixels.</param>
/// <param name="Anchor">Which part of it lies there.</param>
/// <param name="IsBold">Heavier.</param>
public sealed record Label(Ink Ink, Spot At, string Text, double Size = 12, Anchor Anchor = Anchor.Start, bool IsBold = false) : Shape(Ink);
