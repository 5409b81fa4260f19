namespace MaoTrade.Protocol.Metrics;

/// <summary>The values of the labels of one series, in the order the instrument gives them.</summary>
internal readonly record struct LabelValues(string A, string B, string C, string D);

/// <summary>One series of a metric. Safe from any thread.</summary>
internal sealed class MetricSeries(double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;
    private long _sumMicroseconds;

    /// <summary>Counts so many.</summary>
    public void Add(double count)
    {
        var seen = Volatile.Read(ref _value);
        while (Interlocked.CompareExchange(ref _value, seen + count, seen) is var now && now != seen)
        {
            seen = now;
        }
    }

    public void Set(double value) => Volatile.Write(ref _value, value);

    public double Value => Volatile.Read(ref _value);

    /// <summary>Puts a duration into its bucket.</summary>
    public void Observe(double seconds)
    {
        var bucket = 0;
        while (bucket < bounds.Length && seconds > bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _sumMicroseconds, (long)(seconds * 1e6));
    }

    /// <summary>How many were at most as long as each bound, the last being all of them; and the sum of all, seconds.</summary>
    public (long[] Cumulative, double SumSeconds) Distribution()
    {
        var cumulative = new long[_buckets.Length];
        var total = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            total += Volatile.Read(ref _buckets[i]);
            cumulative[i] = total;
        }

        return (cumulative, Volatile.Read(ref _sumMicroseconds) / 1e6);
    }
}
