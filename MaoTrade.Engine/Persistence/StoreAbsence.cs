namespace MaoTrade.Engine.Persistence;

/// <summary>Since when the store does not answer. Owned by who opens it.</summary>
/// <param name="time">Monotonic time.</param>
internal sealed class StoreAbsence(TimeProvider time)
{
    /// <summary>How often a long absence is said again.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private long _since;
    private long _said;

    /// <summary>Whether it is away.</summary>
    public bool IsAway { get; private set; }

    /// <summary>How long it has been away; null when it is not.</summary>
    public TimeSpan? Length => IsAway ? time.GetElapsedTime(_since) : null;

    /// <summary>It did not answer: whether that is news, for the first time or after a while.</summary>
    public bool Note()
    {
        var now = time.GetTimestamp();
        if (IsAway && time.GetElapsedTime(_said, now) < Period)
        {
            return false;
        }

        _since = IsAway ? _since : now;
        _said = now;
        IsAway = true;
        return true;
    }

    /// <summary>It answers.</summary>
    public void End() => IsAway = false;
}
