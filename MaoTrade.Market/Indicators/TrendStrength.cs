namespace MaoTrade.Market.Indicators;

/// <summary>
/// How far two averages of the close are apart, in average true ranges: |fast EMA − slow EMA| / ATR. Defined when all three
/// are; not finite where the range is 0.
/// </summary>
public sealed class TrendStrength : IBarIndicator, IRunningValues
{
    private readonly Ema _fast;
    private readonly Ema _slow;
    private readonly Atr _range;
    private readonly RunningParts _parts;

    /// <summary>Begins without values.</summary>
    /// <param name="fast">Frames of the fast average, at least 1.</param>
    /// <param name="slow">Frames of the slow average, at least 1.</param>
    /// <param name="range">Frames of the average true range, at least 1.</param>
    public TrendStrength(int fast, int slow, int range)
    {
        _fast = new Ema(fast);
        _slow = new Ema(slow);
        _range = new Atr(range);
        _parts = new RunningParts(_fast, _slow, _range);
    }

    public bool IsReady => _fast.IsReady && _slow.IsReady && _range.IsReady;

    /// <summary>NaN before there were enough frames.</summary>
    public double Value => Of(_fast.Value, _slow.Value, _range.Value);

    public int ResultCount => 1;

    public int SlotCount => _parts.SlotCount;

    /// <summary>The same from averages that are kept elsewhere.</summary>
    public static double Of(double fast, double slow, double range) => Math.Abs(fast - slow) / range;

    public void Add(double high, double low, double close)
    {
        _fast.Add(close);
        _slow.Add(close);
        _range.Add(high, low, close);
    }

    public void Add(in Bar bar) => Add(bar.High, bar.Low, bar.Close);

    public void CopyTo(Span<double> results) => results[0] = Value;

    public void Save(Span<double> slots) => _parts.Save(slots);

    public void Load(ReadOnlySpan<double> slots) => _parts.Load(slots);
}
