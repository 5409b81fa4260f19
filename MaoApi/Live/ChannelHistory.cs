namespace MaoApi.Live;

/// <summary>
/// What this gateway knows of one channel of an account: a snapshot, and the changes that came since. Bounded. Guarded by its
/// feed's lock.
/// </summary>
internal sealed class ChannelHistory
{
    private const int MostChanges = 512;
    private const int MostBytes = 1024 * 1024;

    /// <summary>Beyond these a new snapshot is shorter than the old one with its changes.</summary>
    private const int MostSinceSnapshot = 128;

    private readonly Queue<LiveMessage> _changes = new();
    private long _bytes;
    private LiveMessage? _snapshot;

    /// <summary>The number up to which everything was heard; -1 before anything was.</summary>
    public long Last { get; private set; } = -1;

    /// <summary>Whether the engine was asked to begin with a snapshot that has not come yet.</summary>
    public bool AwaitsSnapshot { get; set; }

    /// <summary>Goes on after a number that a client brought.</summary>
    public void BeginAfter(long seq) => Last = seq;

    /// <summary>Whether every change after a number is here.</summary>
    public bool Covers(long seq) => Last >= 0 && seq <= Last && seq >= Last - _changes.Count;

    /// <summary>The changes after a number.</summary>
    public IEnumerable<LiveMessage> After(long seq) => _changes.Where(change => change.Seq > seq);

    /// <summary>The snapshot, where it and the changes here are the whole channel.</summary>
    public LiveMessage? Snapshot
    {
        get
        {
            if (_changes.Count > 0 && _changes.Last() is { Channel: LiveChannels.Portfolio } whole && whole.Seq > (_snapshot?.Seq ?? -1))
            {
                _snapshot = whole.AsSnapshot();
            }

            return _snapshot is { } snapshot && Covers(snapshot.Seq) && Last - snapshot.Seq <= MostSinceSnapshot ? snapshot : null;
        }
    }

    /// <summary>The engine begins the channel anew.</summary>
    public void Begin(LiveMessage snapshot)
    {
        _changes.Clear();
        _bytes = 0;
        _snapshot = snapshot;
        Last = snapshot.Seq;
        AwaitsSnapshot = false;
    }

    /// <summary>A snapshot that was asked for beside the changes; it may lie ahead of them.</summary>
    public void Refresh(LiveMessage snapshot) => _snapshot = snapshot;

    public void Add(LiveMessage change)
    {
        _changes.Enqueue(change);
        _bytes += change.Bytes.Length;
        Last = change.Seq;
        while (_changes.Count > MostChanges || (_bytes > MostBytes && _changes.Count > 1))
        {
            _bytes -= _changes.Dequeue().Bytes.Length;
        }
    }
}
