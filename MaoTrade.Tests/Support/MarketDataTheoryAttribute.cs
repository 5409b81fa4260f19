namespace MaoTrade.Tests.Support;

/// <summary>The same for a theory.</summary>
public sealed class MarketDataTheoryAttribute : TheoryAttribute
{
    public MarketDataTheoryAttribute() => Skip = new MarketDataFactAttribute().Skip;
}
