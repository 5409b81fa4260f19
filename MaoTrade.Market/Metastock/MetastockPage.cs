using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// Up to 2,000 rows as columns, to be used again for the next ones. Numbers are exactly what the file stores (0.58 is
/// there 0.57999998…); <see cref="FrameAt"/> rounds to the 7 digits that were meant.
/// </summary>
public sealed class MetastockPage
{
    /// <summary>Rows a page holds.</summary>
    public const int MaxRows = 2_000;

    internal readonly long[] Times = new long[MaxRows];
    internal readonly double[] Opens = new double[MaxRows];
    internal readonly double[] Highs = new double[MaxRows];
    internal readonly double[] Lows = new double[MaxRows];
    internal readonly double[] Closes = new double[MaxRows];
    internal readonly double[] Volumes = new double[MaxRows];
    internal readonly double[] Interests = new double[MaxRows];

    /// <summary>Rows that are in it.</summary>
    public int Count { get; internal set; }

    /// <summary>Starts of the bars, seconds since 1970-01-01T00:00:00Z.</summary>
    public ReadOnlySpan<long> UnixSeconds => Times.AsSpan(0, Count);

    /// <summary>First prices; the last ones where the file has none.</summary>
    public ReadOnlySpan<double> Open => Opens.AsSpan(0, Count);

    /// <summary>Highest prices.</summary>
    public ReadOnlySpan<double> High => Highs.AsSpan(0, Count);

    /// <summary>Lowest prices.</summary>
    public ReadOnlySpan<double> Low => Lows.AsSpan(0, Count);

    /// <summary>Last prices.</summary>
    public ReadOnlySpan<double> Close => Closes.AsSpan(0, Count);

    /// <summary>Traded volumes; 0 where the file has none.</summary>
    public ReadOnlySpan<double> Volume => Volumes.AsSpan(0, Count);

    /// <summary>Open interest; 0 where the file has none.</summary>
    public ReadOnlySpan<double> OpenInterest => Interests.AsSpan(0, Count);

    /// <summary>A row in decimals, prices with 7 significant digits.</summary>
    public Frame FrameAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return new Frame(
            Times[index], Price(Opens[index]), Price(Highs[index]), Price(Lows[index]), Price(Closes[index]), (decimal)Volumes[index]);
    }

    /// <summary>Puts a row in the place of another one.</summary>
    internal void Move(int from, int to)
    {
        Times[to] = Times[from];
        Opens[to] = Opens[from];
        Highs[to] = Highs[from];
        Lows[to] = Lows[from];
        Closes[to] = Closes[from];
        Volumes[to] = Volumes[from];
        Interests[to] = Interests[from];
    }

    // The conversion from float to decimal keeps 7 significant digits.
    private static decimal Price(double value) => (decimal)(float)value;
}
