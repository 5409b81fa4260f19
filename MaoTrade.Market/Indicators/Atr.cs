namespace MaoTrade.Market.Indicators;

/// <summary>
/// Average true range after Wilder: the mean of the first n true ranges, then (previous · (n − 1) + current) / n. The true
/// range is max(high − low, |high − previous close|, |low − previous close|), of the first frame high − low. Defined from
/// frame n on. Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978); StockCharts ChartSchool, ATR.
/// </summary>
public sealed class Atr : IBarIndicator, IRunningValues
{
    private readonly int _period;
    private readonly double _weight;
    private double _previousClose;
    private double _value;
    private int _count;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Frames the first average is made of, at least 1.</param>
    public Atr(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _period = period;
        _weight = 1d / period;
    }

    /// <summary>Whether there were enough frames.</summary>
    public bool IsReady => _count == _period;

    /// <summary>In units of the price; NaN before there were enough frames.</summary>
    public double Value => IsReady ? _value : double.NaN;

    public int ResultCount => 1;

    public int SlotCount => 3;

    public void Add(double high, double low, double close)
    {
        var range = high - low;
        if (_count > 0)
        {
            range = Math.Max(range, Math.Max(Math.Abs(high - _previousClose), Math.Abs(low - _previousClose)));
        }

        _previousClose = close;
        if (IsReady)
        {
            _value = Math.FusedMultiplyAdd(_weight, range - _value, _value);
            return;
        }

        _value += range;
        if (++_count == _period)
        {
            _value /= _period;
        }
    }

    public void Add(in Bar bar) => Add(bar.High, bar.Low, bar.Close);

    public void CopyTo(Span<double> results) => results[0] = Value;

    public void Save(Span<double> slots)
    {
        slots[0] = _count;
        slots[1] = _previousClose;
        slots[2] = _value;
    }

    public void Load(ReadOnlySpan<double> slots)
    {
        _count = (int)slots[0];
        _previousClose = slots[1];
        _value = slots[2];
    }
}
