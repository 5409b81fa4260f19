using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Jobs.Work;

/// <summary>Deletes what nobody needs any more: sessions that ended, answers kept for repetitions, old notices, events and runs. The audit stays.</summary>
internal sealed class Purge(IDbContextFactory<MaoHomeContext> contexts, TimeProvider time) : IJob
{
    /// <summary>A theft of a token is recognized by its session, so sessions stay a while.</summary>
    private static readonly TimeSpan SessionMemory = TimeSpan.FromDays(7);
    private static readonly TimeSpan NoticeMemory = TimeSpan.FromDays(90);
    private static readonly TimeSpan RunMemory = TimeSpan.FromDays(30);

    public string Name => "purge";

    public string Lane => JobLanes.Default;

    public string Schedule => "17 * * * *";

    public async Task<string> RunAsync(JobProgress progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (sessions, notices, runs) = (now - SessionMemory, now - NoticeMemory, now - RunMemory);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var deleted = await context.Sessions.Where(row => row.Expires < sessions).ExecuteDeleteAsync(cancellationToken);
        progress.Report(0.2, $"{deleted} sessions");
        deleted += await context.IdempotentAnswers.Where(row => row.Expires < now).ExecuteDeleteAsync(cancellationToken);
        progress.Report(0.4, $"{deleted} rows");
        deleted += await context.Notifications.Where(row => row.Created < notices).ExecuteDeleteAsync(cancellationToken);
        progress.Report(0.6, $"{deleted} rows");
        deleted += await context.EngineEvents.Where(row => row.Received < notices).ExecuteDeleteAsync(cancellationToken);
        progress.Report(0.8, $"{deleted} rows");
        deleted += await context.JobRuns.Where(row => row.Ended != null && row.Ended < runs).ExecuteDeleteAsync(cancellationToken);
        return $"{deleted} rows deleted";
    }
}
