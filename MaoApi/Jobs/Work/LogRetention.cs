using MaoApi.Logs;

namespace MaoApi.Jobs.Work;

/// <summary>Deletes events of the central log that are older than they are kept, a few at a time: others write meanwhile.</summary>
internal sealed class LogRetention(ILogStore store, LogOptions options, TimeProvider time) : IJob
{
    private const int MostAtOnce = 1000;

    public string Name => "log-retention";

    public string Lane => JobLanes.Bulk;

    public string Schedule => "30 2 * * *";

    public async Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.RetentionDays);
        var deleted = 0L;
        int now;
        do
        {
            now = await store.DeleteBeforeAsync(before, MostAtOnce, cancellationToken);
            deleted += now;
            progress.Report(0, $"{deleted} events deleted");
        }
        while (now == MostAtOnce);

        return $"{deleted} events deleted";
    }
}
