namespace MaoTrade.Engine.Server;

/// <summary>The deadlines of one connection: written by its loop, read by the listener's timer. Timestamps; 0 means "not now".</summary>
internal sealed class ConnectionDeadlines
{
    private readonly WireOptions _options;
    private readonly TimeProvider _time;
    private readonly long _openedAt;
    private long _unfinishedSince;
    private long _usedAt;
    private long _lingerSince;
    private volatile bool _isReading;
    private volatile bool _hasBytes;
    private volatile bool _hasRequest;

    public ConnectionDeadlines(WireOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _openedAt = Now();
        _usedAt = _openedAt;
    }

    public bool HasRequest => _hasRequest;

    /// <summary>The loop waits for bytes; only then does the peer owe any.</summary>
    public void BeginReading() => _isReading = true;

    public void EndReading()
    {
        _isReading = false;
        _hasBytes = true;
    }

    /// <summary>A whole request is there; the next one's time starts anew.</summary>
    public void RequestArrived()
    {
        _hasRequest = true;
        Volatile.Write(ref _unfinishedSince, 0);
    }

    /// <summary>Whether bytes of an unfinished request are left; called when all complete ones are answered.</summary>
    public void SetUnfinished(bool isUnfinished)
    {
        Volatile.Write(ref _usedAt, Now());
        if (!isUnfinished)
        {
            Volatile.Write(ref _unfinishedSince, 0);
        }
        else if (Volatile.Read(ref _unfinishedSince) == 0)
        {
            Volatile.Write(ref _unfinishedSince, Now());
        }
    }

    /// <summary>A late reply was sent.</summary>
    public void Replied() => Volatile.Write(ref _usedAt, Now());

    public void BeginLinger() => Volatile.Write(ref _lingerSince, Now());

    public ConnectionVerdict Check(int inFlight)
    {
        if (Volatile.Read(ref _lingerSince) is var linger and not 0)
        {
            return IsOver(linger, _options.LingerTimeout) ? ConnectionVerdict.Abort : ConnectionVerdict.Keep;
        }

        if (!_isReading)
        {
            return ConnectionVerdict.Keep;
        }

        if (!_hasBytes)
        {
            return IsOver(_openedAt, _options.FirstRequestTimeout) ? ConnectionVerdict.Abort : ConnectionVerdict.Keep;
        }

        if (Volatile.Read(ref _unfinishedSince) is var unfinished and not 0)
        {
            return IsOver(unfinished, _options.UnfinishedRequestTimeout) ? ConnectionVerdict.Abort : ConnectionVerdict.Keep;
        }

        return inFlight == 0 && IsOver(Volatile.Read(ref _usedAt), _options.IdleTimeout) ? ConnectionVerdict.Close : ConnectionVerdict.Keep;
    }

    private bool IsOver(long since, TimeSpan limit) => _time.GetElapsedTime(since) >= limit;

    private long Now() => _time.GetTimestamp() | 1;
}
