namespace MaoTrade.Bench.Benchmarks;

/// <summary>EMA 5, EMA 13 and Wilder's RSI 14 of the close, and what they say.</summary>
internal sealed class ThreeIndicators
{
    private double _fast = double.NaN;
    private double _slow = double.NaN;
    private double _gain;
    private double _loss;
    private double _last;

    /// <summary>1 to be long, −1 to be flat, 0 to stay.</summary>
    public int Take(double close)
    {
        if (double.IsNaN(_fast))
        {
            (_fast, _slow, _last) = (close, close, close);
            return 0;
        }

        _fast += (close - _fast) / 3;
        _slow += (close - _slow) / 7;
        var change = close - _last;
        _last = close;
        _gain += (Math.Max(change, 0) - _gain) / 14;
        _loss += (Math.Max(-change, 0) - _loss) / 14;
        var strength = _loss == 0 ? 100 : 100 - (100 / (1 + (_gain / _loss)));
        return _fast > _slow && strength is > 50 and < 70 ? 1 : _fast < _slow && strength < 50 ? -1 : 0;
    }
}
