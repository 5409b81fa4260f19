namespace MaoTrade.Market.Indicators;

/// <summary>
/// Natural logarithm of value / value before. Defined from the second value on; not finite where one of both is 0, NaN where
/// they have different signs. The value before alone decides it.
/// </summary>
public sealed class LogReturn : IValueIndicator
{
    private double _previous = double.NaN;

    public bool IsReady { get; private set; }

    public double Value { get; private set; } = double.NaN;

    public void Add(double value)
    {
        IsReady = !double.IsNaN(_previous);
        Value = Math.Log(value / _previous);
        _previous = value;
    }
}
