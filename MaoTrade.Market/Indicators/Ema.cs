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
            _value = Math.FusedMultiplyAdd(_weight, value - _value, _value);
            return;
        }

        _value += value;
        if (++_count == _period)
        {
            _value /= _period;
        }
    }

    /// <summary>Takes values and writes the average after each, with the same bits as value by value.</summary>
    /// <param name="values">First to last.</param>
    /// <param name="results">Room for as many numbers as there are values.</param>
    public void Add(ReadOnlySpan<double> values, Span<double> results)
    {
        var i = 0;
        for (; i < values.Length && !IsReady; i++)
        {
            Add(values[i]);
            results[i] = Value;
        }

        // The average stays in a register: on its way through memory it would wait for itself.
        var (value, weight) = (_value, _weight);
        for (; i < values.Length; i++)
        {
            value = Math.FusedMultiplyAdd(weight, values[i] - value, value);
            results[i] = value;
        }

        _value = value;
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
