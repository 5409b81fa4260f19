namespace MaoApi.Jobs;

/// <summary>
/// Work of which there are as many jobs as administrators make, each with arguments and a schedule of its own. Stateless: it may run in any
/// process of the platform.
/// </summary>
internal interface IJobKind
{
    /// <summary>Unique among kinds and jobs, lower-case words with hyphens.</summary>
    string Kind { get; }

    /// <summary>As <see cref="IJob.RunAsync"/>.</summary>
    /// <param name="arguments">The job's, a JSON object.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string> RunAsync(string arguments, JobProgress progress, CancellationToken cancellationToken);
}
