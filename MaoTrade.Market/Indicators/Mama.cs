namespace MaoTrade.Market.Indicators;

/// <summary>
/// MESA adaptive moving average and its follower: EMAs whose weight comes from how fast the phase of the measured cycle moves.
/// The formula is the published one, calculated from value 6 on with all earlier results 0; only the two averages begin with
/// value 5 itself in place of 0. Defined from value 33 on, as in TA-Lib; what came before fades with the slow limit.
/// Usually fed with (high + low) / 2. Source: John Ehlers, MESA Adaptive Moving Averages (2001), EasyLanguage code.
/// </summary>
public sealed class Mama : IBarIndicator, IRunningValues
{
    private const int FirstCalculated = 6;
    private const int FirstDefined = 33;
    private const double DegreesPerRadian = 180 / Math.PI;

    private readonly double _fastLimit;
    private readonly double _slowLimit;
    private readonly PastValues _price = new(3);
    private readonly PastValues _smooth = new(6);
    private readonly PastValues _detrended = new(9);
    private readonly PastValues _quadrature = new(6);
    private readonly RunningParts _past;
    private double _inPhase2;
    private double _quadrature2;
    private double _real;
    private double _imaginary;
    private double _period;
    private double _phase;
    private double _mama;
    private double _fama;

    /// <summary>Values so far, up to <see cref="FirstDefined"/>.</summary>
    private int _count;

    /// <summary>Begins without values.</summary>
    /// <param name="fastLimit">Largest weight of a new value, above 0 up to 1; Ehlers takes 0.5.</param>
    /// <param name="slowLimit">Smallest weight of a new value, above 0 up to the largest; Ehlers takes 0.05.</param>
    public Mama(double fastLimit, double slowLimit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fastLimit, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slowLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slowLimit, fastLimit);
        _fastLimit = fastLimit;
        _slowLimit = slowLimit;
        _past = new RunningParts(_price, _smooth, _detrended, _quadrature);
    }

    /// <summary>Whether there were enough values.</summary>
    public bool IsReady => _count == FirstDefined;

    /// <summary>MAMA; NaN before there were enough values.</summary>
    public double Value => IsReady ? _mama : double.NaN;

    /// <summary>FAMA, which follows with half the weight; NaN before there were enough values.</summary>
    public double Following => IsReady ? _fama : double.NaN;

    public int ResultCount => 2;

    public int SlotCount => _past.SlotCount + 9;

    public void Add(double value)
    {
        _count += IsReady ? 0 : 1;
        if (_count < FirstCalculated)
        {
            _mama = _fama = value;
        }
        else
        {
            var weight = Weigh(value);
            _mama += weight * (value - _mama);
            _fama += 0.5 * weight * (_mama - _fama);
        }

        _price.Add(value);
    }

    public void Add(in Bar bar) => Add((bar.High + bar.Low) / 2);

    /// <summary>Writes MAMA and FAMA.</summary>
    public void CopyTo(Span<double> results)
    {
        results[1] = Following;
        results[0] = Value;
    }

    public void Save(Span<double> slots)
    {
        _past.Save(slots);
        ReadOnlySpan<double> own = [_count, _inPhase2, _quadrature2, _real, _imaginary, _period, _phase, _mama, _fama];
        own.CopyTo(slots[_past.SlotCount..]);
    }

    public void Load(ReadOnlySpan<double> slots)
    {
        _past.Load(slots);
        slots = slots[_past.SlotCount..];
        _count = (int)slots[0];
        (_inPhase2, _quadrature2, _real, _imaginary) = (slots[1], slots[2], slots[3], slots[4]);
        (_period, _phase, _mama, _fama) = (slots[5], slots[6], slots[7], slots[8]);
    }

    private double Weigh(double price)
    {
        var gain = (0.075 * _period) + 0.54;
        var smooth = ((4 * price) + (3 * _price[1]) + (2 * _price[2]) + _price[3]) / 10;
        var detrended = gain * Hilbert(smooth, _smooth[2], _smooth[4], _smooth[6]);
        var quadrature = gain * Hilbert(detrended, _detrended[2], _detrended[4], _detrended[6]);
        var inPhase = _detrended[3];
        var aheadInPhase = gain * Hilbert(inPhase, _detrended[5], _detrended[7], _detrended[9]);
        var aheadQuadrature = gain * Hilbert(quadrature, _quadrature[2], _quadrature[4], _quadrature[6]);
        _smooth.Add(smooth);
        _detrended.Add(detrended);
        _quadrature.Add(quadrature);

        MeasurePeriod(inPhase - aheadQuadrature, quadrature + aheadInPhase);
        var phase = inPhase == 0 ? _phase : DegreesPerRadian * Math.Atan(quadrature / inPhase);
        var step = Math.Max(1, _phase - phase);
        _phase = phase;
        return Math.Max(_slowLimit, _fastLimit / step);
    }

    /// <summary>The period of the cycle in values, 6 to 50 before it is smoothed: a homodyne discriminator.</summary>
    private void MeasurePeriod(double inPhase, double quadrature)
    {
        inPhase = (0.2 * inPhase) + (0.8 * _inPhase2);
        quadrature = (0.2 * quadrature) + (0.8 * _quadrature2);
        _real = (0.2 * ((inPhase * _inPhase2) + (quadrature * _quadrature2))) + (0.8 * _real);
        _imaginary = (0.2 * ((inPhase * _quadrature2) - (quadrature * _inPhase2))) + (0.8 * _imaginary);
        (_inPhase2, _quadrature2) = (inPhase, quadrature);
        var period = _imaginary == 0 || _real == 0 ? _period : 2 * Math.PI / Math.Atan(_imaginary / _real);
        period = Math.Max(0.67 * _period, Math.Min(1.5 * _period, period));
        _period = (0.2 * Math.Clamp(period, 6, 50)) + (0.8 * _period);
    }

    private static double Hilbert(double now, double two, double four, double six) =>
        (0.0962 * (now - six)) + (0.5769 * (two - four));
}
