namespace MaoTrade.Engine.Trading;

/// <summary>
/// How long the broker has been away, on the monotonic clock: people are told of an absence once, and not of every hiccup.
/// Owned by the trade loop.
/// </summary>
public sealed class BrokerAbsence(TimeProvider time)
{
    /// <summary>Longer than a broker's connection takes to come back by itself.</summary>
    public static readonly TimeSpan Notable = TimeSpan.FromSeconds(15);

    /// <summary>A session begins without the broker.</summary>
    private long? _since = time.GetTimestamp();

    /// <summary>Whether somebody was told.</summary>
    public bool IsTold { get; private set; }

    /// <summary>The broker left.</summary>
    public void Begin() => _since ??= time.GetTimestamp();

    /// <summary>Whether it is time to tell; true once for each absence.</summary>
    /// <param name="forGood">It will not come back by itself: that need not be waited for.</param>
    public bool Tell(bool forGood = false)
    {
        if (IsTold || _since is not { } since || (!forGood && time.GetElapsedTime(since) < Notable))
        {
            return false;
        }

        IsTold = true;
        return true;
    }

    /// <summary>The broker is there. Whether somebody believes it is not.</summary>
    public bool End()
    {
        _since = null;
        var told = IsTold;
        IsTold = false;
        return told;
    }
}
