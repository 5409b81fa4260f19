using System.Collections.Immutable;

namespace MaoApi.Engines;

/// <summary>What a call's end says about the engine.</summary>
internal enum CallVerdict
{
    /// <summary>The engine answered, if only to refuse.</summary>
    Answered,

    /// <summary>The engine is at fault.</summary>
    Outage,

    /// <summary>Nothing was learned: the caller went away, or the call never began.</summary>
    Unknown,
}

/// <summary>
/// The circuit of one engine as a pure value. Five outages in a row within a minute open it for a minute; then one trial at a time may
/// pass, and two that are answered close it. Times are timestamps of the monotonic clock.
/// </summary>
internal sealed record BreakerState
{
    public const int OutagesToOpen = 5;
    public const int AnswersToClose = 2;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(60);

    public static readonly BreakerState Closed = new();

    private ImmutableArray<TimeSpan> Outages { get; init; } = [];

    private TimeSpan? OpenedAt { get; init; }

    private int TrialsAnswered { get; init; }

    private bool TrialUnderWay { get; init; }

    public bool IsOpen => OpenedAt is not null;

    /// <summary>Asks to begin a call.</summary>
    /// <returns>Whether it may begin, and the state if it does.</returns>
    public (bool Allowed, BreakerState Next) Begin(TimeSpan now) => OpenedAt switch
    {
        null => (true, this),
        { } openedAt when now - openedAt < OpenTime || TrialUnderWay => (false, this),
        _ => (true, this with { TrialUnderWay = true }),
    };

    /// <summary>A call that was allowed has ended.</summary>
    public BreakerState End(CallVerdict verdict, bool wasTrial, TimeSpan now) => OpenedAt is null
        ? wasTrial ? this : EndWhileClosed(verdict, now)
        : wasTrial ? EndTrial(verdict, now) : this;

    /// <summary>How long until a trial may pass.</summary>
    public TimeSpan RetryAfter(TimeSpan now) => OpenedAt is { } openedAt && openedAt + OpenTime > now ? openedAt + OpenTime - now : TimeSpan.Zero;

    private BreakerState EndWhileClosed(CallVerdict verdict, TimeSpan now)
    {
        if (verdict == CallVerdict.Unknown)
        {
            return this;
        }

        if (verdict == CallVerdict.Answered)
        {
            return Outages.IsEmpty ? this : Closed;
        }

        var outages = Outages.RemoveAll(outage => now - outage > Window).Add(now);
        return outages.Length >= OutagesToOpen ? new BreakerState { OpenedAt = now } : this with { Outages = outages };
    }

    private BreakerState EndTrial(CallVerdict verdict, TimeSpan now) => verdict switch
    {
        CallVerdict.Outage => new BreakerState { OpenedAt = now },
        CallVerdict.Answered when TrialsAnswered + 1 >= AnswersToClose => Closed,
        CallVerdict.Answered => this with { TrialsAnswered = TrialsAnswered + 1, TrialUnderWay = false },
        _ => this with { TrialUnderWay = false },
    };
}
