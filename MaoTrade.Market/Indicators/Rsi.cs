namespace MaoTrade.Market.Indicators;

/// <summary>
/// Relative strength index after Wilder: 100 · gain / (gain + loss), where gain and loss are the means of the first n rises
/// and falls, then (previous · (n − 1) + current) / n. 50 where nothing moved. Defined from value n + 1 on.
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978); StockCharts ChartSchool, RSI.
/// </summary>
public sealed class Rsi : IValueIndicator, IRunningValues
{
    private readonly int _period;
    private readonly double _weight;
    private double _previous;
    private double _gain;
    private double _loss;

    /// <summary>Values so far, up to period + 1.</summary>
    private int _count;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Changes the first averages are made of, at least 1.</param>
    public Rsi(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _period = period;
        _weight = 1d / period;
    }

    /// <summary>Whether there were enough values.</summary>
    public bool IsReady => _count > _period;

    /// <summary>0 to 100; NaN before there were enough values.</summary>
    public double Value
    {
        get
        {
            if (!IsReady)
            {
                return double.NaN;
            }

            var whole = _gain + _loss;
            return whole == 0 ? 50 : 100 * _gain / whole;
        }
    }

    public int SlotCount => 4;

    public void Add(double value)
    {
        var change = value - _previous;
        _previous = value;
        if (_count == 0)
        {
            _count = 1;
            return;
        }

        var gain = Math.Max(change, 0);
        var loss = Math.Max(-change, 0);
        if (IsReady)
        {
            _gain = Math.FusedMultiplyAdd(_weight, gain - _gain, _gain);
            _loss = Math.FusedMultiplyAdd(_weight, loss - _loss, _loss);
            return;
        }

        _gain += gain;
        _loss += loss;
        if (++_count > _period)
        {
            _gain /= _period;
            _loss /= _period;
        }
    }

    public void Save(Span<double> slots)
    {
        slots[0] = _count;
        slots[1] = _previous;
        slots[2] = _gain;
        slots[3] = _loss;
    }

    public void Load(ReadOnlySpan<double> slots)
    {
        _count = (int)slots[0];
        _previous = slots[1];
        _gain = slots[2];
        _loss = slots[3];
    }
}
