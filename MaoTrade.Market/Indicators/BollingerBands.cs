namespace MaoTrade.Market.Indicators;

/// <summary>
/// Bollinger bands: the mean of the last n values, and k population deviations (divided by n) above and below it. Defined from
/// the n-th value on. Source: John Bollinger, Bollinger on Bollinger Bands (2001); StockCharts ChartSchool, Bollinger Bands.
/// </summary>
public sealed class BollingerBands : IRunningValues
{
    private readonly Deviation _deviation;
    private readonly double _width;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Values in the window, at least 2.</param>
    /// <param name="width">Deviations between the middle and a band.</param>
    public BollingerBands(int period, double width)
    {
        _deviation = new Deviation(period);
        _width = width;
    }

    public bool IsReady => _deviation.IsReady;

    /// <summary>The mean; NaN before there were enough values, as all others.</summary>
    public double Middle => _deviation.Mean;

    public double Upper => Middle + Distance;

    public double Lower => Middle - Distance;

    /// <summary>(upper − lower) / middle; not finite where the middle is 0.</summary>
    public double Width => 2 * Distance / Middle;

    public int SlotCount => _deviation.SlotCount;

    private double Distance => _width * _deviation.Population;

    public void Add(double value) => _deviation.Add(value);

    public void Save(Span<double> slots) => _deviation.Save(slots);

    public void Load(ReadOnlySpan<double> slots) => _deviation.Load(slots);
}
