namespace MaoTrade.Tests.Support;

/// <summary>A test on real market data; without the data it is skipped and says so.</summary>
public sealed class MarketDataFactAttribute : FactAttribute
{
    public MarketDataFactAttribute()
    {
        if (Repository.MarketData is null)
        {
            Skip = "the folder shared/data is not beside the repository";
        }
    }
}
