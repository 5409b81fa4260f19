using System.Runtime.CompilerServices;

namespace MaoTrade.Market.Indicators;

/// <summary>
/// Something worked out over the last n values by blocks of n: what the last block still has in the window was worked out
/// from its end backwards when it closed, what the new block has comes on top. Each value is taken up twice and never taken
/// out again, so that nothing drifts, a huge value leaves no trace when it has left the window, and the work per value is
/// constant in the mean. Source: van Herk (1992) and Gil and Werman (1993) for extremes; the same holds for sums.
/// </summary>
public abstract class BlockWindow : IValueIndicator, IRunningValues
{
    private long _count;

    private protected BlockWindow(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Values = new double[period];
        Array.Fill(Values, double.NaN);
    }

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _count >= Values.Length;

    /// <summary>What the window gives; NaN before it is full.</summary>
    public abstract double Value { get; }

    /// <summary>The place in the block; the values themselves come back from the last n.</summary>
    public int SlotCount => 1;

    /// <summary>The new block up to <see cref="Phase"/>, from there on the last one. NaN where nothing came yet.</summary>
    private protected double[] Values { get; }

    /// <summary>Values in the new block.</summary>
    private protected int Phase { get; private set; }

    /// <summary>The last values, at most n, first to last.</summary>
    internal double[] InOrder() => [.. Values[Phase..].Concat(Values[..Phase]).TakeLast((int)Math.Min(_count, Values.Length))];

    public abstract void Add(double value);

    public void Save(Span<double> slots) => slots[0] = Phase;

    public void Load(ReadOnlySpan<double> slots)
    {
        var values = InOrder();
        Restart((int)slots[0] - values.Length);
        foreach (var value in values)
        {
            Add(value);
        }
    }

    /// <summary>Forgets everything and begins inside of a block.</summary>
    /// <param name="phase">Any number; what counts is the rest of its division by n.</param>
    internal void Restart(int phase)
    {
        Array.Fill(Values, double.NaN);
        _count = 0;
        Phase = ((phase % Values.Length) + Values.Length) % Values.Length;
        CloseBlock();
    }

    /// <summary>Works out what each end of the block in <see cref="Values"/> gives, and begins a new block.</summary>
    private protected abstract void CloseBlock();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void Keep(double value)
    {
        Values[Phase] = value;
        _count++;
        if (++Phase == Values.Length)
        {
            Phase = 0;
            CloseBlock();
        }
    }
}
