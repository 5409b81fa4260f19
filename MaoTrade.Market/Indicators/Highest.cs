namespace MaoTrade.Market.Indicators;

/// <summary>The highest of the last n values; defined from the n-th value on.</summary>
public sealed class Highest : BlockWindow
{
    /// <summary>The highest from each index of the last block to its end.</summary>
    private readonly double[] _rests;

    private double _extreme;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Values in the window, at least 1.</param>
    public Highest(int period)
        : base(period)
    {
        _rests = new double[period];
        CloseBlock();
    }

    /// <summary>The highest; NaN before the window is full.</summary>
    public override double Value => Math.Max(_rests[Phase], _extreme);

    public override void Add(double value)
    {
        _extreme = Math.Max(_extreme, value);
        Keep(value);
    }

    private protected override void CloseBlock()
    {
        _extreme = double.NegativeInfinity;
        var rest = _extreme;
        for (var i = Values.Length - 1; i >= 0; i--)
        {
            rest = Math.Max(rest, Values[i]);
            _rests[i] = rest;
        }
    }
}
