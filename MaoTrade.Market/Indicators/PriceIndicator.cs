namespace MaoTrade.Market.Indicators;

/// <summary>An indicator of one series, fed with one number of each candle.</summary>
internal sealed class PriceIndicator(IValueIndicator indicator, Func<Bar, double> price) : IBarIndicator
{
    public bool IsReady => indicator.IsReady;

    public int ResultCount => 1;

    public void Add(in Bar bar) => indicator.Add(price(bar));

    public void CopyTo(Span<double> results) => results[0] = indicator.Value;
}
