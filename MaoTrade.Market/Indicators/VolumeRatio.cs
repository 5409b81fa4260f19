namespace MaoTrade.Market.Indicators;

/// <summary>
/// The volume as a multiple of the mean of the last n, the present one among them; 0 where that mean is 0. Defined from the
/// n-th value on.
/// </summary>
/// <param name="period">Volumes in the mean, at least 1.</param>
public sealed class VolumeRatio(int period) : IValueIndicator, IRunningValues
{
    private readonly Sma _mean = new(period);
    private double _volume;

    public bool IsReady => _mean.IsReady;

    /// <summary>The mean itself; NaN before there were enough values.</summary>
    public double Mean => _mean.Value;

    /// <summary>The ratio; NaN before there were enough values.</summary>
    public double Value => Mean is var mean && mean == 0 ? 0 : _volume / mean;

    public int SlotCount => _mean.SlotCount;

    public void Add(double value)
    {
        _volume = value;
        _mean.Add(value);
    }

    public void Save(Span<double> slots) => _mean.Save(slots);

    public void Load(ReadOnlySpan<double> slots) => _mean.Load(slots);
}
