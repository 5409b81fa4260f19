using System.Runtime.CompilerServices;

namespace MaoTrade.Market.Indicators;

/// <summary>
/// Simple moving average: the mean of the last n values. Defined from the n-th value on. Summed as distances from a value of
/// the window, so that equal values give exactly that value. Source: StockCharts ChartSchool, Moving Averages.
/// </summary>
public sealed class Sma : BlockWindow
{
    /// <summary>Sums of distances from <see cref="_base"/>, from each index of the last block to its end.</summary>
    private readonly double[] _rests;

    private readonly double _share;

    /// <summary>Last value of the last block: it is in the window until the new block closes.</summary>
    private double _base;

    private double _sum;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Values in the window, at least 1.</param>
    public Sma(int period)
        : base(period)
    {
        _rests = new double[period];
        _share = 1d / period;
        CloseBlock();
    }

    /// <summary>The mean; NaN before the window is full.</summary>
    public override double Value => _base + ((_rests[Phase] + _sum) * _share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Add(double value)
    {
        _sum += value - _base;
        Keep(value);
    }

    private protected override void CloseBlock()
    {
        var (values, rests) = (Values, _rests);
        var last = values[^1];
        _base = last;
        _sum = 0;
        var rest = 0d;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            rest += values[i] - last;
            rests[i] = rest;
        }
    }
}
