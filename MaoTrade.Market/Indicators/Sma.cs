namespace MaoTrade.Market.Indicators;

/// <summary>
/// Simple moving average: the mean of the last n values, by a running sum. Defined from the n-th value on.
/// Source: StockCharts ChartSchool, Moving Averages.
/// </summary>
public sealed class Sma : IRunningValues
{
    private readonly double[] _window;
    private double _sum;
    private int _count;
    private int _next;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Values in the window, at least 1.</param>
    public Sma(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        _window = new double[period];
    }

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _count == _window.Length;

    /// <summary>The mean; NaN before the window is full.</summary>
    public double Value => IsReady ? _sum / _window.Length : double.NaN;

    public int SlotCount => 1;

    public void Add(double value)
    {
        if (IsReady)
        {
            _sum -= _window[_next];
        }
        else
        {
            _count++;
        }

        _sum += value;
        _window[_next] = value;
        _next = _next + 1 == _window.Length ? 0 : _next + 1;
    }

    public void Save(Span<double> slots) => slots[0] = _sum;

    public void Load(ReadOnlySpan<double> slots) => _sum = slots[0];
}
