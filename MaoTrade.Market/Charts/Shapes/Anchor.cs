namespace MaoTrade.Market.Charts.Shapes;

/// <summary>Part of a text that lies at its place.</summary>
public enum Anchor
{
    Start,
    Middle,
    End,
}
