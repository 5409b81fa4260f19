namespace MaoTrade.Market.Indicators;

/// <summary>
/// The volatility as a multiple of its own mean: <see cref="Volatility"/> of n returns / mean of its last m values, the
/// present one among them. Defined from value n + m on; NaN where nothing moved in all of them.
/// </summary>
public sealed class RelativeVolatility : IValueIndicator, IRunningValues
{
    private readonly int _period;
    private readonly Deviation _deviation;
    private readonly Sma _mean;

    /// <summary>The returns both windows are made of: they are filled again from these.</summary>
    private readonly ValueRing _returns;

    private double _previous = double.NaN;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Returns in a volatility, at least 2.</param>
    /// <param name="meanPeriod">Volatilities in the mean, at least 1.</param>
    public RelativeVolatility(int period, int meanPeriod)
    {
        _period = period;
        _deviation = new Deviation(period);
        _mean = new Sma(meanPeriod);
        _returns = new ValueRing(period + meanPeriod - 1);
    }

    public bool IsReady => _mean.IsReady;

    /// <summary>1 where the volatility is as it used to be; NaN before there were enough values.</summary>
    public double Value => Volatility / _mean.Value;

    /// <summary>The volatility itself; NaN before there were enough values for it.</summary>
    public double Volatility { get; private set; } = double.NaN;

    /// <summary>Logarithm of the last value / the one before; NaN before there were two.</summary>
    public double LogReturn { get; private set; } = double.NaN;

    public int SlotCount => 2;

    public void Add(double value)
    {
        if (!double.IsNaN(_previous))
        {
            LogReturn = Indicators.LogReturn.Of(value, _previous);
            _returns.Exchange(LogReturn);
            Take(LogReturn);
        }

        _previous = value;
    }

    public void Save(Span<double> slots)
    {
        _deviation.Save(slots);
        _mean.Save(slots[1..]);
    }

    public void Load(ReadOnlySpan<double> slots)
    {
        var returns = _returns.InOrder();
        _deviation.Restart((int)slots[0] - returns.Length);
        _mean.Restart((int)slots[1] - Math.Max(0, returns.Length - _period + 1));
        foreach (var value in returns)
        {
            Take(value);
        }
    }

    private void Take(double value)
    {
        _deviation.Add(value);
        var volatility = _deviation.Value;
        Volatility = volatility;
        if (_deviation.IsReady)
        {
            _mean.Add(volatility);
        }
    }
}
