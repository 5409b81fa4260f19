namespace MaoTrade.Market.Indicators;

/// <summary>
/// Bollinger bands: the mean of the last n values, and k population deviations (divided by n) above and below it. Defined from
/// the n-th value on. Source: John Bollinger, Bollinger on Bollinger Bands (2001); StockCharts ChartSchool, Bollinger Bands.
/// </summary>
public sealed class BollingerBands : IBarIndicator, IRunningValues
{
    private readonly Deviation _deviation;
    private readonly double _width;
    private double _distance = double.NaN;

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
    public double Middle { get; private set; } = double.NaN;

    public double Upper => Middle + _distance;

    public double Lower => Middle - _distance;

    /// <summary>(upper − lower) / middle; not finite where the middle is 0.</summary>
    public double Width => 2 * _distance / Middle;

    public int ResultCount => 4;

    public int SlotCount => _deviation.SlotCount;

    public void Add(double value)
    {
        _deviation.Add(value);
        Take();
    }

    public void Add(in Bar bar) => Add(bar.Close);

    /// <summary>Writes middle, upper, lower and width.</summary>
    public void CopyTo(Span<double> results)
    {
        results[3] = Width;
        results[2] = Lower;
        results[1] = Upper;
        results[0] = Middle;
    }

    public void Save(Span<double> slots) => _deviation.Save(slots);

    public void Load(ReadOnlySpan<double> slots)
    {
        _deviation.Load(slots);
        Take();
    }

    private void Take()
    {
        Middle = _deviation.Mean;
        _distance = _width * _deviation.Population;
    }
}
