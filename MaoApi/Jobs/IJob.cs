namespace MaoApi.Jobs;

/// <summary>Work that is done by schedule, or when an administrator asks for it. Stateless: it may run in any process of the platform.</summary>
internal interface IJob
{
    /// <summary>Unique, lower-case words with hyphens.</summary>
    string Name { get; }

    /// <summary>One of <see cref="JobLanes"/>.</summary>
    string Lane { get; }

    /// <summary>See <see cref="CronSchedule"/>.</summary>
    string Schedule { get; }

    /// <summary>
    /// Does it, and says in a sentence what was done. It may be ended at any point by the token or by a crash and is then done again, so
    /// doing it twice must do no more than doing it once. An exception is a failure, which administrators are told.
    /// </summary>
    Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken);
}

/// <summary>How far a run is. Safe from any thread.</summary>
internal sealed class JobProgress
{
    private volatile Step _step = new(0, "");

    public double Share => _step.Share;

    public string Message => _step.Message;

    /// <summary>Says how far it is; it is stored a moment later.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="message">For people.</param>
    public void Report(double share, string message) => _step = new Step(Math.Clamp(share, 0, 1), message);

    private sealed record Step(double Share, string Message);
}

/// <summary>The work of a job is done and found something an administrator must know.</summary>
internal sealed class JobFindingException(string message) : Exception(message);
