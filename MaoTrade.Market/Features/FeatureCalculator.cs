using MaoTrade.Market.Indicators;

namespace MaoTrade.Market.Features;

/// <summary>
/// The numbers of <see cref="FeatureNames"/> for one bar after the other; each row depends on the bars up to its own. Formulas
/// are those of the indicators: macd 12/26/9, bands 20 and 2, atr 14, volume_ma 20, support and resistance 20, volatility 20,
/// market_condition_strength |ema_20 − ema_50| / atr, market_condition_volatility volatility / mean of its last 50,
/// price_momentum over 10. Not safe for several threads.
/// </summary>
public sealed class FeatureCalculator : IBarIndicator, IRunningValues
{
    /// <summary>
    /// Bars after which every feature is defined (sma_200 and ema_200 are last), and bars that must be fed again before
    /// <see cref="Load"/> for what follows to be the same to the last bit.
    /// </summary>
    public const int WarmUpBars = 200;

    private readonly Momentum _returns = new(1);
    private readonly RelativeVolatility _volatility = new(20, 50);
    private readonly Sma _sma50 = new(50);
    private readonly Sma _sma200 = new(WarmUpBars);
    private readonly Ema _ema20 = new(20);
    private readonly Ema _ema50 = new(50);
    private readonly Ema _ema200 = new(WarmUpBars);
    private readonly Macd _macd = new(12, 26, 9);
    private readonly Rsi _rsi14 = new(14);
    private readonly Rsi _rsi28 = new(28);

    /// <summary>Its middle is sma_20, too.</summary>
    private readonly BollingerBands _bands = new(20, 2);
    private readonly Atr _atr = new(14);
    private readonly VolumeRatio _volume = new(20);
    private readonly OnBalanceVolume _balance = new();
    private readonly Lowest _support = new(20);
    private readonly Highest _resistance = new(20);
    private readonly Momentum _momentum = new(10);
    private readonly RunningParts _parts;

    public FeatureCalculator() => _parts = new RunningParts(
        _volatility, _sma50, _sma200, _ema20, _ema50, _ema200, _macd, _rsi14, _rsi28, _bands, _atr, _volume, _balance);

    /// <summary>Whether every feature had enough bars.</summary>
    public bool IsWarm => _sma200.IsReady;

    public bool IsReady => IsWarm;

    public int ResultCount => FeatureNames.Count;

    public int SlotCount => _parts.SlotCount;

    /// <summary>Takes the next closed bar.</summary>
    public void Add(double high, double low, double close, double volume)
    {
        _returns.Add(close);
        _volatility.Add(close);
        _sma50.Add(close);
        _sma200.Add(close);
        _ema20.Add(close);
        _ema50.Add(close);
        _ema200.Add(close);
        _macd.Add(close);
        _rsi14.Add(close);
        _rsi28.Add(close);
        _bands.Add(close);
        _atr.Add(high, low, close);
        _volume.Add(volume);
        _balance.Add(close, volume);
        _support.Add(low);
        _resistance.Add(high);
        _momentum.Add(close);
    }

    public void Add(in Bar bar) => Add(bar.High, bar.Low, bar.Close, bar.Volume);

    /// <summary>The row of the last bar, unscaled: NaN where a feature is not yet defined, not finite where it divides by 0.</summary>
    /// <param name="results">Room for <see cref="FeatureNames.Count"/> numbers.</param>
    public void CopyTo(Span<double> results)
    {
        results[26] = _momentum.Value;
        results[25] = _volatility.Value;
        results[24] = TrendStrength.Of(_ema20.Value, _ema50.Value, _atr.Value);
        results[23] = _volatility.LogReturn;
        results[22] = _resistance.Value;
        results[21] = _support.Value;
        results[20] = _balance.Value;
        results[19] = _volume.Value;
        results[18] = _volume.Mean;
        results[17] = _atr.Value;
        results[16] = _bands.Width;
        results[15] = _bands.Lower;
        results[14] = _bands.Upper;
        results[13] = _bands.Middle;
        results[12] = _rsi28.Value;
        results[11] = _rsi14.Value;
        results[10] = _macd.Histogram;
        results[9] = _macd.Signal;
        results[8] = _macd.Value;
        results[7] = _ema200.Value;
        results[6] = _sma200.Value;
        results[5] = _ema50.Value;
        results[4] = _sma50.Value;
        results[3] = _ema20.Value;
        results[2] = _bands.Middle;
        results[1] = _volatility.Volatility;
        results[0] = _returns.Value;
    }

    public void Save(Span<double> slots) => _parts.Save(slots);

    public void Load(ReadOnlySpan<double> slots) => _parts.Load(slots);
}
