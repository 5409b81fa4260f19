namespace MaoTrade.Market.Indicators;

/// <summary>
/// Sample deviation (divided by n − 1) of the last n logarithmic returns, not annualised. Defined from value n + 1 on.
/// </summary>
/// <param name="period">Returns in the window, at least 2.</param>
public sealed class Volatility(int period) : IValueIndicator, IRunningValues
{
    private readonly LogReturn _return = new();
    private readonly Deviation _deviation = new(period);

    public bool IsReady => _deviation.IsReady;

    /// <summary>A share, 0.01 for one per cent; NaN before there were enough values.</summary>
    public double Value => _deviation.Value;

    public int SlotCount => _deviation.SlotCount;

    public void Add(double value)
    {
        _return.Add(value);
        if (_return.IsReady)
        {
            _deviation.Add(_return.Value);
        }
    }

    public void Save(Span<double> slots) => _deviation.Save(slots);

    public void Load(ReadOnlySpan<double> slots) => _deviation.Load(slots);
}
