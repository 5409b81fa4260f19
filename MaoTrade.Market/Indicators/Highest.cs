namespace MaoTrade.Market.Indicators;

/// <summary>The highest of the last n values; defined from the n-th value on.</summary>
/// <param name="period">Values in the window, at least 1.</param>
public sealed class Highest(int period) : RollingExtreme(period)
{
    private protected override bool Outlives(double earlier, double later) => earlier > later;
}
