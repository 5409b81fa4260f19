namespace MaoTrade.Market.Indicators;

/// <summary>
/// Sample deviation (divided by n − 1) of the last n logarithmic returns, not annualised. Defined from value n + 1 on.
/// </summary>
/// <param name="period">Returns in the window, at least 2.</param>
public sealed class Volatility(int period) : IValueIndicator, IRunningValues
{
    private readonly Deviation _deviation = new(period);
    private double _previous = double.NaN;

    public bool IsReady => _deviation.IsReady;

    /// <summary>A share, 0.01 for one per cent; NaN before there were enough values.</summary>
    public double Value => _deviation.Value;

    public int SlotCount => _deviation.SlotCount;

    public void Add(double value)
    {
        if (!double.IsNaN(_previous))
        {
            _deviation.Add(LogReturn.Of(value, _previous));
        }

        _previous = value;
    }

    public void Save(Span<double> slots) => _deviation.Save(slots);

    public void Load(ReadOnlySpan<double> slots) => _deviation.Load(slots);
}
