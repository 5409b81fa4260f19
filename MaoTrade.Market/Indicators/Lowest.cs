namespace MaoTrade.Market.Indicators;

/// <summary>The lowest of the last n values; defined from the n-th value on.</summary>
public sealed class Lowest : BlockWindow
{
    /// <summary>The lowest from each index of the last block to its end.</summary>
    private readonly double[] _rests;

    private double _extreme;

    /// <summary>Begins without values.</summary>
    /// <param name="period">Values in the window, at least 1.</param>
    public Lowest(int period)
        : base(period)
    {
        _rests = new double[period];
        CloseBlock();
    }

    /// <summary>The lowest; NaN before the window is full.</summary>
    public override double Value => Math.Min(_rests[Phase], _extreme);

    public override void Add(double value)
    {
        _extreme = Math.Min(_extreme, value);
        Keep(value);
    }

    private protected override void CloseBlock()
    {
        _extreme = double.PositiveInfinity;
        var rest = _extreme;
        for (var i = Values.Length - 1; i >= 0; i--)
        {
            rest = Math.Min(rest, Values[i]);
            _rests[i] = rest;
        }
    }
}
