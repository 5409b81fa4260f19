namespace MaoTrade.Engine.Live;

/// <summary>The latest changes of one channel, for those who come back. Bounded in number and bytes. Owned by the live loop.</summary>
internal sealed class LiveRing
{
    /// <summary>Most changes kept.</summary>
    public const int Most = 512;

    /// <summary>Most bytes kept.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private readonly Queue<ReadOnlyMemory<byte>> _changes = new();
    private long _bytes;

    /// <summary>Number of the last change; numbers are consecutive between two calls of <see cref="Begin"/>.</summary>
    public long Last { get; private set; }

    /// <summary>Whether everything after a number is here.</summary>
    public bool Covers(long number) => number <= Last && number >= Last - _changes.Count;

    /// <summary>Everything after a number that is covered.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> After(long number) => _changes.Skip((int)(_changes.Count - (Last - number)));

    /// <summary>The number of the next change.</summary>
    public long Next() => ++Last;

    /// <summary>Keeps the change that has the last number.</summary>
    public void Add(ReadOnlyMemory<byte> change)
    {
        _changes.Enqueue(change);
        _bytes += change.Length;
        while (_changes.Count > Most || (_bytes > MostBytes && _changes.Count > 1))
        {
            _bytes -= _changes.Dequeue().Length;
        }
    }

    /// <summary>
    /// Begins a run of numbers above all others: nothing given out before can be gone on from, for changes may lie between.
    /// </summary>
    public void Begin(long atLeast)
    {
        Last = Math.Max(Last + 1, atLeast);
        _changes.Clear();
        _bytes = 0;
    }
}
