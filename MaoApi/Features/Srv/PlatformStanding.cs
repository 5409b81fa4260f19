using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Logs;
using MaoApi.Pods;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Srv;

/// <summary>What a monitor looks at.</summary>
/// <param name="Pods">Every pod.</param>
/// <param name="Jobs">Every enabled job.</param>
/// <param name="Logs">How the log store keeps up.</param>
/// <param name="Roles">Every role that ever worked.</param>
internal sealed record PlatformStandingResponse(
    IReadOnlyList<PodView> Pods, IReadOnlyList<JobStanding> Jobs, LogStanding Logs, IReadOnlyList<RoleStanding> Roles);

/// <summary>Whether a job is done when it is due.</summary>
/// <param name="Name">Of the job.</param>
/// <param name="LastRun">When it last began.</param>
/// <param name="LastState">How that ended.</param>
/// <param name="NextRun">When it is due.</param>
/// <param name="LateS">Seconds it should have begun before now; 0 where it is in time.</param>
internal sealed record JobStanding(string Name, DateTimeOffset? LastRun, string? LastState, DateTimeOffset? NextRun, long LateS);

/// <summary>Whether the log store keeps up.</summary>
/// <param name="LastAt">Time of the newest event; null where there is none or the store is away.</param>
/// <param name="LagS">Seconds since all that had been logged was stored.</param>
/// <param name="Dropped">Events of this gateway that were dropped since its start.</param>
internal sealed record LogStanding(DateTimeOffset? LastAt, long LagS, long Dropped);

/// <summary>Whether a role is filled.</summary>
/// <param name="Name">api, pod or data.</param>
/// <param name="Machine">Where the process runs that was heard of last.</param>
/// <param name="LastAt">When that was.</param>
/// <param name="SilentS">Seconds since.</param>
internal sealed record RoleStanding(string Name, string Machine, DateTimeOffset LastAt, long SilentS);

internal static class PlatformStanding
{
    public static async Task<Answer<PlatformStandingResponse>> HandleAsync(
        IDbContextFactory<MaoHomeContext> contexts,
        ILogStore store,
        LogFeed feed,
        LogLag lag,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pods = await context.Pods.AsNoTracking().Include(pod => pod.Account).OrderBy(pod => pod.Account!.AccountId)
            .ToListAsync(cancellationToken);
        var jobs = await context.Jobs.AsNoTracking().Where(job => job.IsEnabled).OrderBy(job => job.Name).ToListAsync(cancellationToken);
        var roles = await context.RoleBeats.AsNoTracking().OrderBy(beat => beat.Role).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return new PlatformStandingResponse(
            [.. pods.Select(PodView.Of)],
            [.. jobs.Select(job => new JobStanding(job.Name, job.LastRun, job.LastState, job.Due, Late(job, now)))],
            new LogStanding(await NewestAsync(store, cancellationToken), (long)lag.Now.TotalSeconds, feed.Dropped),
            [.. roles.Select(beat => new RoleStanding(beat.Role, beat.Machine, beat.At, Math.Max(0, (long)(now - beat.At).TotalSeconds)))]);
    }

    /// <summary>A log store that is away must hide nothing else.</summary>
    private static async Task<DateTimeOffset?> NewestAsync(ILogStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await store.SearchAsync(new LogFilter(), null, 1, cancellationToken) is [var newest] ? newest.Timestamp : null;
        }
        catch (LogStoreException)
        {
            return null;
        }
    }

    private static long Late(Job job, DateTimeOffset now) => job.Due is { } due && due < now ? (long)(now - due).TotalSeconds : 0;
}
