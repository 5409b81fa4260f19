using System.Collections.Immutable;

namespace MaoApi.Pods;

/// <summary>What to do when a process has ended by itself.</summary>
internal enum RestartDecision
{
    /// <summary>Start it again after <see cref="RestartPolicy.Delay"/>.</summary>
    Restart,

    /// <summary>It ended as it should; leave it.</summary>
    Leave,

    /// <summary>Starting it again would not help; somebody must look.</summary>
    GiveUp,
}

/// <summary>The restarts of one process, as a pure value.</summary>
internal sealed record RestartPolicy
{
    public const int MaxRestarts = 5;

    private const int OrderlyExit = 0;
    private const int ConfigurationExit = 64;
    private const int LockedExit = 75;

    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan CrashLoopWindow = TimeSpan.FromMinutes(10);

    private ImmutableArray<DateTimeOffset> Restarts { get; init; } = [];

    /// <summary>How often it was restarted in the window.</summary>
    public int Count => Restarts.Length;

    /// <summary>Judges an end that nobody asked for.</summary>
    /// <param name="exitCode">Null where it cannot be known; such an end counts as a crash.</param>
    /// <param name="now">The time.</param>
    public (RestartDecision Decision, RestartPolicy Next) Judge(int? exitCode, DateTimeOffset now)
    {
        if (exitCode is OrderlyExit)
        {
            return (RestartDecision.Leave, this);
        }

        var recent = Restarts.RemoveAll(restart => now - restart >= CrashLoopWindow);
        return exitCode is ConfigurationExit or LockedExit || recent.Length >= MaxRestarts
            ? (RestartDecision.GiveUp, this with { Restarts = recent })
            : (RestartDecision.Restart, this with { Restarts = recent.Add(now) });
    }
}
