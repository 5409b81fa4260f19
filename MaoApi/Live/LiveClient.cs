namespace MaoApi.Live;

/// <summary>
/// One connected client. Whoever has a message offers it and goes on: it is queued, bounded, and sent by whoever finds nobody
/// sending. A client that falls behind is closed; what it does not read stays shared with all others.
/// </summary>
internal abstract class LiveClient(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<(LiveMessage Message, bool IsFirst)> _waiting = new();
    private readonly Dictionary<string, LiveMember> _members = new(StringComparer.Ordinal);
    private TaskCompletionSource? _drained;
    private LiveClose? _close;
    private long _bytes;
    private long _heardAt = time.GetTimestamp();
    private long _closedAt;
    private int _first;
    private bool _isSending;

    /// <summary>The goodbye is said, or cannot be: nobody sends any more.</summary>
    private bool _isOver;

    /// <summary>The access token, looked at again and again; null before the client has said who it is.</summary>
    public string? Token { get; private set; }

    /// <summary>Who it is; null before it has said so.</summary>
    public string? UserId { get; private set; }

    /// <summary>Timestamp of the beginning.</summary>
    public long OpenedAt { get; } = time.GetTimestamp();

    /// <summary>Timestamp of the last word of the client.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    /// <summary>Whether it speaks: a client that only listens is not asked to.</summary>
    public abstract bool Speaks { get; }

    /// <summary>Why it is being closed; null while it is open.</summary>
    public LiveClose? Closing => Volatile.Read(ref _close);

    /// <summary>When the closing began; a timestamp, 0 while open.</summary>
    public long ClosedAt => Volatile.Read(ref _closedAt);

    /// <summary>Messages that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>The client's parts in the feeds of accounts. Changed only by who reads the client's words.</summary>
    public IReadOnlyDictionary<string, LiveMember> Members => _members;

    /// <summary>The time of day of what it is told.</summary>
    protected DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Told once when it is closed for being slow.</summary>
    public Action? Cut { get; init; }

    public void Identify(string userId, string token) => (UserId, Token) = (userId, token);

    public void Heard() => Volatile.Write(ref _heardAt, time.GetTimestamp());

    /// <summary>Its part in the feed of an account.</summary>
    public LiveMember MemberOf(string accountId)
    {
        lock (_lock)
        {
            if (!_members.TryGetValue(accountId, out var member))
            {
                _members.Add(accountId, member = new LiveMember(this));
            }

            return member;
        }
    }

    public void Drop(string accountId)
    {
        lock (_lock)
        {
            _members.Remove(accountId);
        }
    }

    /// <summary>A copy of <see cref="Members"/> for others than the reader.</summary>
    public KeyValuePair<string, LiveMember>[] CopyMembers()
    {
        lock (_lock)
        {
            return [.. _members];
        }
    }

    /// <summary>Takes a message; never waits. One too many closes the client.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isFirst">What a channel begins with does not count: the client asked for it and waits until it has left.</param>
    public void Offer(LiveMessage message, bool isFirst = false)
    {
        var isTooMuch = false;
        var mustSend = false;
        lock (_lock)
        {
            if (_close is not null)
            {
                return;
            }

            var counted = _waiting.Count - _first;
            isTooMuch = !isFirst && (counted >= LiveLimits.Messages || (counted > 0 && _bytes + message.Bytes.Length > LiveLimits.Bytes));
            if (!isTooMuch)
            {
                _first += isFirst ? 1 : 0;
                _waiting.Enqueue((message, isFirst));
                _bytes += isFirst ? 0 : message.Bytes.Length;
                mustSend = Acquire();
            }
        }

        if (isTooMuch)
        {
            Cut?.Invoke();
            Close(LiveClose.TooSlow);
        }
        else if (mustSend)
        {
            _ = SendAsync();
        }
    }

    /// <summary>Drops what waits and closes; only the first reason counts.</summary>
    public void Close(LiveClose reason)
    {
        bool mustSend;
        lock (_lock)
        {
            if (_close is not null)
            {
                return;
            }

            _close = reason;
            _closedAt = time.GetTimestamp() | 1;
            _waiting.Clear();
            (_first, _bytes) = (0, 0);
            mustSend = Acquire();
        }

        if (mustSend)
        {
            _ = SendAsync();
        }
    }

    /// <summary>Ends when nothing waits, or the client is being closed.</summary>
    public Task DrainedAsync()
    {
        lock (_lock)
        {
            if (!_isSending)
            {
                return Task.CompletedTask;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Cuts the connection at once.</summary>
    public abstract void Abort();

    /// <summary>Sends one message.</summary>
    protected abstract ValueTask SendAsync(LiveMessage message);

    /// <summary>Says goodbye; nothing is sent afterwards.</summary>
    protected abstract ValueTask SayGoodbyeAsync(LiveClose reason);

    /// <summary>Under the lock: whether the caller becomes the sender.</summary>
    private bool Acquire()
    {
        if (_isSending || _isOver)
        {
            return false;
        }

        _isSending = true;
        return true;
    }

    /// <summary>Never throws: a connection that cannot be written to is cut, and its reader ends.</summary>
    private async Task SendAsync()
    {
        try
        {
            while (TryNext(out var message, out var goodbye))
            {
                if (goodbye is not null)
                {
                    await SayGoodbyeAsync(goodbye);
                    Finish();
                    return;
                }

                await SendAsync(message!);
            }
        }
#pragma warning disable CA1031 // Whatever breaks is the end of this client alone.
        catch (Exception)
#pragma warning restore CA1031
        {
            Close(LiveClose.TooSlow);
            Abort();
            Finish();
        }
    }

    /// <summary>What to send next; false when nothing waits, then nobody sends. After the goodbye nobody ever does.</summary>
    private bool TryNext(out LiveMessage? message, out LiveClose? goodbye)
    {
        lock (_lock)
        {
            (message, goodbye) = (null, _close);
            if (_waiting.TryDequeue(out var next))
            {
                (message, goodbye) = (next.Message, null);
                _first -= next.IsFirst ? 1 : 0;
                _bytes -= next.IsFirst ? 0 : next.Message.Bytes.Length;
                return true;
            }

            _isSending = goodbye is not null;
            _drained?.TrySetResult();
            _drained = null;
            return _isSending;
        }
    }

    private void Finish()
    {
        lock (_lock)
        {
            (_isOver, _isSending) = (true, false);
            _drained?.TrySetResult();
            _drained = null;
        }
    }
}
