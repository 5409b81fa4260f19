using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Notices;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Jobs;

/// <summary>
/// The tables of jobs. Every step is a change of one version of a row: of several processes that want the same, one gets it and the others
/// see that they were late.
/// </summary>
internal sealed partial class JobBook(
    IDbContextFactory<MaoHomeContext> contexts, NoticeBook notices, JobLanes lanes, TimeProvider time, ILogger<JobBook> logger)
{
    public const int MaxAttempts = 3;

    /// <summary>How long a run belongs to a process that has not been heard of.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    private const string Idle = "idle";

    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Puts jobs that are new into the table; those already there keep what an administrator made of them.</summary>
    public async Task EnsureAsync(IEnumerable<IJob> jobs, CancellationToken cancellationToken)
    {
        foreach (var job in jobs)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await context.Jobs.AnyAsync(row => row.Name == job.Name, cancellationToken))
            {
                continue;
            }

            context.Add(new Job
            {
                Name = job.Name,
                Kind = job.Name,
                Lane = job.Lane,
                Schedule = job.Schedule,
                IsEnabled = true,
                State = Idle,
                Due = CronSchedule.Parse(job.Schedule).NextAfter(time.GetUtcNow()),
            });
            await TryAsync(context, cancellationToken);
        }
    }

    /// <summary>Queues what is due. However many times were missed, it is run once.</summary>
    public async Task PlanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = context.Jobs.Where(job => job.IsEnabled && job.State == Idle && job.Due != null && job.Due <= now);
        foreach (var key in await due.Select(job => job.Id).ToListAsync(cancellationToken))
        {
            context.ChangeTracker.Clear();
            if (await due.SingleOrDefaultAsync(job => job.Id == key, cancellationToken) is { } job)
            {
                job.Due = CronSchedule.TryParse(job.Schedule, out var schedule) ? schedule.NextAfter(now) : null;
                Queue(context, job, now, null);
                await TryAsync(context, cancellationToken);
            }
        }
    }

    /// <summary>Queues a job now. Null where it waits or runs already.</summary>
    public async Task<JobRun?> AskAsync(int jobKey, int? userKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await context.Jobs.SingleAsync(row => row.Id == jobKey, cancellationToken);
        if (job.State != Idle)
        {
            return null;
        }

        var run = Queue(context, job, time.GetUtcNow(), userKey);
        return await TryAsync(context, cancellationToken) ? run : null;
    }

    /// <summary>Counts what waits in each lane.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await context.JobRuns.Where(run => run.State == JobStates.Queued)
            .GroupBy(run => run.Lane).Select(lane => new { lane.Key, Count = lane.Count() })
            .ToDictionaryAsync(lane => lane.Key, lane => lane.Count, cancellationToken);
        foreach (var lane in JobLanes.Places.Keys)
        {
            lanes.Count(lane, waiting.GetValueOrDefault(lane));
        }
    }

    /// <summary>Takes the next run of a lane. Null where there is none, or another process was quicker.</summary>
    public async Task<JobRun?> TakeAsync(string lane, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = context.JobRuns.Where(run => run.State == JobStates.Queued && run.Lane == lane && run.Due <= now);
        var next = await waiting.Include(run => run.Job).OrderBy(run => run.Due).ThenBy(run => run.Id).FirstOrDefaultAsync(cancellationToken);
        if (next is null)
        {
            return null;
        }

        next.State = JobStates.Running;
        next.Holder = _holder;
        next.HeldUntil = now + Hold;
        next.Started = now;
        next.Attempts++;
        if (next.Job is { } job)
        {
            job.State = JobStates.Running;
        }

        return await TryAsync(context, cancellationToken) ? next : null;
    }

    /// <summary>Says that a run is alive and how far it is. Returns whether it is to go on.</summary>
    public async Task<bool> HoldAsync(int runKey, JobProgress progress, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Mine(context, runKey).SingleOrDefaultAsync(cancellationToken) is not { } run)
        {
            return false;
        }

        run.HeldUntil = time.GetUtcNow() + Hold;
        run.Progress = progress.Share;
        run.Message = progress.Message;
        await TryAsync(context, cancellationToken);
        return !run.IsCancelRequested;
    }

    /// <summary>Writes down how a run ended; a failure is told the administrators in the same unit of work.</summary>
    public async Task EndAsync(int runKey, string state, string message, string? error, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await Mine(context, runKey).Include(row => row.Job).SingleOrDefaultAsync(cancellationToken) is not { } run)
            {
                return;
            }

            Close(run, state, message, error);
            if (state == JobStates.Failed)
            {
                await TellAsync(context, run, cancellationToken);
            }

            if (await TryAsync(context, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Puts a run back that this process could not end; another one, or the next start, does it.</summary>
    public async Task ReturnAsync(int runKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Mine(context, runKey).Include(row => row.Job).SingleOrDefaultAsync(cancellationToken) is { } run)
        {
            Requeue(run);
            run.Attempts--;
            await TryAsync(context, cancellationToken);
        }
    }

    /// <summary>Runs whose process has died go back to their lane; after so many deaths they have failed.</summary>
    public async Task RescueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var lost = context.JobRuns.Include(run => run.Job).Where(run => run.State == JobStates.Running && run.HeldUntil < now);
        foreach (var key in await lost.Select(run => run.Id).ToListAsync(cancellationToken))
        {
            context.ChangeTracker.Clear();
            if (await lost.SingleOrDefaultAsync(run => run.Id == key, cancellationToken) is not { } run)
            {
                continue;
            }

            if (run.Attempts < MaxAttempts)
            {
                Requeue(run);
            }
            else
            {
                Close(run, JobStates.Failed, run.Message, $"its process ended {run.Attempts} times while it ran");
                await TellAsync(context, run, cancellationToken);
            }

            await TryAsync(context, cancellationToken);
        }
    }

    /// <summary>Asks for the end of a run; one that waits ends at once. Null where it has ended already.</summary>
    public async Task<JobRun?> CancelAsync(string jobId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var run = await context.JobRuns.Include(row => row.Job).SingleAsync(row => row.JobId == jobId, cancellationToken);
            if (run.State is not (JobStates.Queued or JobStates.Running))
            {
                return null;
            }

            run.IsCancelRequested = true;
            if (run.State == JobStates.Queued)
            {
                Close(run, JobStates.Cancelled, run.Message, null);
            }

            if (await TryAsync(context, cancellationToken))
            {
                return run;
            }
        }

        return null;
    }

    private static JobRun Queue(MaoHomeContext context, Job job, DateTimeOffset now, int? userKey)
    {
        var run = new JobRun
        {
            JobId = Guid.NewGuid().ToString("N"),
            Job = job,
            Kind = job.Kind,
            Lane = job.Lane,
            State = JobStates.Queued,
            Due = now,
            Arguments = job.Arguments,
            UserKey = userKey,
            Created = now,
        };
        job.State = JobStates.Queued;
        context.Add(run);
        return run;
    }

    private static void Requeue(JobRun run)
    {
        run.State = JobStates.Queued;
        run.Holder = null;
        run.HeldUntil = null;
        if (run.Job is { } job)
        {
            job.State = JobStates.Queued;
        }
    }

    private void Close(JobRun run, string state, string message, string? error)
    {
        run.State = state;
        run.Ended = time.GetUtcNow();
        run.Message = message;
        run.Error = error;
        run.Holder = null;
        run.HeldUntil = null;
        run.Progress = state == JobStates.Done ? 1 : run.Progress;
        if (run.Job is { } job)
        {
            job.State = Idle;
            job.LastRun = run.Started ?? run.Ended;
            job.LastState = state;
        }
    }

    private async Task TellAsync(MaoHomeContext context, JobRun run, CancellationToken cancellationToken)
    {
        var name = run.Job?.Name ?? run.Kind;
        Failed(logger, name, run.JobId, run.Error);
        var administrators = await context.Users.AsNoTracking().Where(user => user.IsAdmin && user.Status == UserStatus.Active)
            .Select(user => user.Id).ToListAsync(cancellationToken);
        var text = run.Error ?? "";
        var notice = new NewNotice(
            NoticeType.SystemError, $"The job {name} failed", text[..Math.Min(text.Length, NewNotice.MostMessage)], IsUrgent: false)
        {
            EventId = "job/" + run.JobId,
        };
        await notices.AddAsync(context, administrators, notice, cancellationToken);
    }

    private IQueryable<JobRun> Mine(MaoHomeContext context, int runKey) =>
        context.JobRuns.Where(run => run.Id == runKey && run.Holder == _holder && run.State == JobStates.Running);

    /// <summary>Returns false where somebody else has changed the rows in the meantime.</summary>
    private static async Task<bool> TryAsync(MaoHomeContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }

    [LoggerMessage(3420, LogLevel.Error, "Job {Name}, run {JobId}, failed: {Reason}")]
    private static partial void Failed(ILogger logger, string name, string jobId, string? reason);
}
