using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MaoApi.Production;

/// <summary>
/// Tries a transient fault again, but no longer than somebody waits for an answer: a server that takes calls and answers none lets each try
/// last as long as it may.
/// </summary>
internal sealed class PatientStrategy(ExecutionStrategyDependencies dependencies, int retries, TimeSpan longestPause, TimeSpan patience)
    : MySqlRetryingExecutionStrategy(dependencies, retries, longestPause, [])
{
    private long _began;

    protected override void OnFirstExecution()
    {
        _began = TimeProvider.System.GetTimestamp();
        base.OnFirstExecution();
    }

    protected override TimeSpan? GetNextDelay(Exception lastException) =>
        TimeProvider.System.GetElapsedTime(_began) < patience ? base.GetNextDelay(lastException) : null;
}
