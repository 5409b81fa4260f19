namespace MaoTrade.Market.Indicators;

/// <summary>The last n values. NaN where nothing came yet.</summary>
internal sealed class ValueRing
{
    private readonly double[] _values;
    private int _next;
    private long _count;

    public ValueRing(int size)
    {
        _values = new double[size];
        Array.Fill(_values, double.NaN);
    }

    public bool IsFull => _count >= _values.Length;

    /// <summary>Puts a value in the place of the oldest.</summary>
    /// <returns>The oldest.</returns>
    public double Exchange(double value)
    {
        var oldest = _values[_next];
        _values[_next] = value;
        _next = _next + 1 == _values.Length ? 0 : _next + 1;
        _count++;
        return oldest;
    }

    /// <summary>First to last.</summary>
    public double[] InOrder() => [.. _values[_next..].Concat(_values[.._next]).TakeLast((int)Math.Min(_count, _values.Length))];
}
