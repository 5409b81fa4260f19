namespace MaoTrade.Market.Indicators;

/// <summary>
/// Extreme of the last n values: a queue of those that can still become it, so that each value enters and leaves once and
/// the work per value is constant in the mean. The last n values alone decide it, so nothing else needs to be saved.
/// Source: Lemire, Streaming Maximum-Minimum Filter Using No More than Three Comparisons per Element (2006).
/// </summary>
public abstract class RollingExtreme
{
    private readonly double[] _values;
    private readonly long[] _numbers;
    private int _first;
    private int _length;
    private long _count;

    private protected RollingExtreme(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _values = new double[period];
        _numbers = new long[period];
    }

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _count >= _values.Length;

    /// <summary>The extreme; NaN before the window is full.</summary>
    public double Value => IsReady ? _values[_first] : double.NaN;

    public void Add(double value)
    {
        if (_length > 0 && _numbers[_first] <= _count - _values.Length)
        {
            _first = Wrap(_first + 1);
            _length--;
        }

        while (_length > 0 && !Outlives(_values[Wrap(_first + _length - 1)], value))
        {
            _length--;
        }

        var last = Wrap(_first + _length);
        _values[last] = value;
        _numbers[last] = _count++;
        _length++;
    }

    /// <summary>Whether an earlier value can still become the extreme when a later one has come.</summary>
    private protected abstract bool Outlives(double earlier, double later);

    private int Wrap(int index) => index >= _values.Length ? index - _values.Length : index;
}
