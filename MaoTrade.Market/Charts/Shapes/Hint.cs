namespace MaoTrade.Market.Charts.Shapes;

/// <summary>What is told where somebody points at; nothing is seen of it, and pictures have none.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Text">Any text; writers escape it.</param>
public sealed record Hint(double X, double Y, double Width, double Height, string Text) : Shape(Ink.Soft);
