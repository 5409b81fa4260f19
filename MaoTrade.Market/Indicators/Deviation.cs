using System.Runtime.CompilerServices;

namespace MaoTrade.Market.Indicators;

/// <summary>
/// Mean and standard deviation of the last n values; defined from the n-th value on. Sums of distances and of their squares
/// are taken from a value of the window: then the mean square is at most n times the variance, and what cancels is bounded
/// by the window's length, whatever the level of the values. Equal values have a deviation of exactly 0.
/// Source: Chan, Golub and LeVeque, Algorithms for Computing the Sample Variance (1983), shifted data.
/// </summary>
public sealed class Deviation : BlockWindow
{
    private readonly double[] _rests;
    private readonly double[] _squareRests;
    private readonly double _share;
    private readonly double _sampleShare;

    /// <summary>Last value of the last block: it is in the window until the new block closes.</summary>
    private double _base;

    private double _sum;
    private double _squares;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Values in the window, at least 2.</param>
    public Deviation(int period)
        : base(period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        _rests = new double[period];
        _squareRests = new double[period];
        _share = 1d / period;
        _sampleShare = 1d / (period - 1);
        CloseBlock();
    }

    /// <summary>The mean; NaN before the window is full.</summary>
    public double Mean => _base + ((_rests[Phase] + _sum) * _share);

    /// <summary>Deviation of the values themselves (divided by n); NaN before the window is full.</summary>
    public double Population => Math.Sqrt(SquaredDistances * _share);

    /// <summary>Deviation of what they are a sample of (divided by n − 1); NaN before the window is full.</summary>
    public override double Value => Math.Sqrt(SquaredDistances * _sampleShare);

    private double SquaredDistances
    {
        get
        {
            var sum = _rests[Phase] + _sum;
            return Math.Max(0, _squareRests[Phase] + _squares - (sum * sum * _share));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Add(double value)
    {
        var distance = value - _base;
        _sum += distance;
        _squares += distance * distance;
        Keep(value);
    }

    private protected override void CloseBlock()
    {
        var (values, rests, squareRests) = (Values, _rests, _squareRests);
        var last = values[^1];
        _base = last;
        _sum = _squares = 0;
        var (rest, squareRest) = (0d, 0d);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var distance = values[i] - last;
            rest += distance;
            squareRest += distance * distance;
            rests[i] = rest;
            squareRests[i] = squareRest;
        }
    }
}
