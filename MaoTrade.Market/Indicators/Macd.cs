namespace MaoTrade.Market.Indicators;

/// <summary>
/// Moving average convergence and divergence: fast EMA − slow EMA, its own EMA as signal, and the difference of both. Each
/// average begins with its simple average: the line is defined from value slow on, signal and histogram from value
/// slow + signal − 1 on. Source: StockCharts ChartSchool, MACD.
/// </summary>
public sealed class Macd : IBarIndicator, IRunningValues
{
    private readonly Ema _fast;
    private readonly Ema _slow;
    private readonly Ema _signal;
    private readonly RunningParts _parts;

    /// <summary>Begins without values.</summary>
    /// <param name="fast">Values of the fast average, at least 1 and fewer than of the slow one.</param>
    /// <param name="slow">Values of the slow average.</param>
    /// <param name="signal">Values of the signal, at least 1.</param>
    public Macd(int fast, int slow, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fast, slow);
        _fast = new Ema(fast);
        _slow = new Ema(slow);
        _signal = new Ema(signal);
        _parts = new RunningParts(_fast, _slow, _signal);
    }

    /// <summary>Whether line, signal and histogram are defined.</summary>
    public bool IsReady => _signal.IsReady;

    /// <summary>The line, in units of the price; NaN before there were enough values.</summary>
    public double Value => _fast.Value - _slow.Value;

    /// <summary>The average of the line; NaN before there were enough values.</summary>
    public double Signal => _signal.Value;

    /// <summary>Line − signal; NaN before there were enough values.</summary>
    public double Histogram => Value - Signal;

    public int ResultCount => 3;

    public int SlotCount => _parts.SlotCount;

    public void Add(double value)
    {
        _fast.Add(value);
        _slow.Add(value);
        if (_slow.IsReady)
        {
            _signal.Add(Value);
        }
    }

    public void Add(in Bar bar) => Add(bar.Close);

    /// <summary>Writes line, signal and histogram.</summary>
    public void CopyTo(Span<double> results)
    {
        results[2] = Histogram;
        results[1] = Signal;
        results[0] = Value;
    }

    public void Save(Span<double> slots) => _parts.Save(slots);

    public void Load(ReadOnlySpan<double> slots) => _parts.Load(slots);
}
