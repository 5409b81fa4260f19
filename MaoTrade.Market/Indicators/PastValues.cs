namespace MaoTrade.Market.Indicators;

/// <summary>The last values of a series by how far they lie back, 0 where nothing came yet.</summary>
/// <param name="length">How far back is asked, up to <see cref="Mask"/>.</param>
internal sealed class PastValues(int length) : IRunningValues
{
    private const int Mask = 15;

    private readonly double[] _values = new double[Mask + 1];
    private int _next;

    public int SlotCount => length;

    /// <summary>The value before the present one is 1 back.</summary>
    public double this[int back] => _values[(_next - back) & Mask];

    public void Add(double value) => _values[_next++ & Mask] = value;

    public void Save(Span<double> slots)
    {
        for (var back = 1; back <= length; back++)
        {
            slots[^back] = this[back];
        }
    }

    public void Load(ReadOnlySpan<double> slots)
    {
        foreach (var value in slots)
        {
            Add(value);
        }
    }
}
