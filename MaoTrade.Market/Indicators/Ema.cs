namespace MaoTrade.Market.Indicators;

/// <summary>
/// Exponential moving average: the simple average of the first n values, then previous + 2 / (n + 1) · (value − previous).
/// Defined from the n-th value on. Source: StockCharts ChartSchool, Moving Averages.
/// </summary>
public sealed class Ema : IValueIndicator, IRunningValues
{
    private readonly int _period;
    private readonly double _weight;
    private double _value;
    private int _count;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Values the first average is made of, at least 1.</param>
    public Ema(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _period = period;
        _weight = 2d / (period + 1);
    }

    /// <summary>Whether there were enough values.</summary>
    public bool IsReady => _count == _period;

    /// <summary>The average; NaN before there were enough values.</summary>
    public double Value => IsReady ? _value : double.NaN;

    public int SlotCount => 2;

    public void Add(double value)
    {
        if (IsReady)
        {
            _value += _weight * (value - _value);
            return;
        }

        _value += value;
        if (++_count == _period)
        {
            _value /= _period;
        }
    }

    public void Save(Span<double> slots)
    {
        slots[0] = _count;
        slots[1] = _value;
    }

    public void Load(ReadOnlySpan<double> slots)
    {
        _count = (int)slots[0];
        _value = slots[1];
    }
}
