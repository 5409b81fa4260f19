namespace MaoTrade.Market.Indicators;

/// <summary>
/// Change over n values as a share: value / value n earlier − 1. Defined from value n + 1 on; not finite where the earlier
/// value is 0. With n = 1 the returns. The last n values alone decide it.
/// Source: StockCharts ChartSchool, Rate of Change (there in per cent).
/// </summary>
/// <param name="period">How many values lie between, at least 1.</param>
public sealed class Momentum(int period) : IValueIndicator
{
    private readonly ValueRing _earlier = new(period);

    public bool IsReady { get; private set; }

    public double Value { get; private set; } = double.NaN;

    public void Add(double value)
    {
        IsReady = _earlier.IsFull;
        Value = (value / _earlier.Exchange(value)) - 1;
    }
}
