namespace MaoTrade.Market.Indicators;

/// <summary>
/// On-balance volume: begins with the first volume, then the volume is added where the close rose, taken off where it fell and
/// left out where it stayed. Defined from the first frame on. The sum carries its rounding errors along, so that it does not
/// drift. Source: Joseph Granville, New Key to Stock Market Profits (1963); TA-Lib for the beginning; Knuth, The Art of
/// Computer Programming 2, 4.2.2 for the sum.
/// </summary>
public sealed class OnBalanceVolume : IBarIndicator, IRunningValues
{
    private double _previousClose = double.NaN;
    private double _sum;
    private double _error;

    public bool IsReady => !double.IsNaN(_previousClose);

    /// <summary>In units of the volume; NaN before the first frame.</summary>
    public double Value => IsReady ? _sum + _error : double.NaN;

    public int ResultCount => 1;

    public int SlotCount => 3;

    public void Add(double close, double volume)
    {
        var direction = IsReady ? (close > _previousClose ? 1 : 0) - (close < _previousClose ? 1 : 0) : 1;
        var change = direction * volume;
        _previousClose = close;
        var sum = _sum + change;
        var part = sum - _sum;
        _error += _sum - (sum - part) + (change - part);
        _sum = sum;
    }

    public void Add(in Bar bar) => Add(bar.Close, bar.Volume);

    public void CopyTo(Span<double> results) => results[0] = Value;

    public void Save(Span<double> slots)
    {
        slots[0] = _previousClose;
        slots[1] = _sum;
        slots[2] = _error;
    }

    public void Load(ReadOnlySpan<double> slots)
    {
        _previousClose = slots[0];
        _sum = slots[1];
        _error = slots[2];
    }
}
