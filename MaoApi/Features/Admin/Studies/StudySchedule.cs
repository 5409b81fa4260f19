using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Jobs.Work;
using MaoApi.Studies;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Studies;

/// <summary>The job of a study: made, changed and deleted in the same unit of work as its plan.</summary>
internal static class StudySchedule
{
    private const string Idle = "idle";

    /// <summary>Gives a study the job its plan asks for. What is new or changed is computed at once, then by schedule.</summary>
    public static async Task ApplyAsync(MaoHomeContext context, StudyPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = StudyJob.NameOf(plan.StudyId);
        if (plan.Schedule is not { } schedule)
        {
            return;
        }

        var lane = StudyJob.LaneOf(StudyDefinition.Of(plan).Tickers.Count);

        // Past the row's version, which every step of a run changes: who plans is not late for a run.
        var changed = await context.Jobs.Where(job => job.Name == name).ExecuteUpdateAsync(
            job => job.SetProperty(row => row.Schedule, schedule)
                .SetProperty(row => row.Lane, lane)
                .SetProperty(row => row.IsEnabled, plan.IsEnabled)
                .SetProperty(row => row.Due, now)
                .SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        if (changed == 0)
        {
            context.Add(new Job
            {
                Name = name,
                Kind = StudyJob.KindName,
                Lane = lane,
                Schedule = schedule,
                Arguments = StudyJob.ArgumentsOf(plan.StudyId),
                IsEnabled = plan.IsEnabled,
                State = Idle,
                Due = now,
            });
        }
    }

    /// <summary>Ends what runs of the study, and its job.</summary>
    public static async Task RemoveAsync(MaoHomeContext context, StudyPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = StudyJob.NameOf(plan.StudyId);
        var runs = context.JobRuns.Where(run => run.Job!.Name == name);
        await runs.Where(run => run.State == JobStates.Running).ExecuteUpdateAsync(
            run => run.SetProperty(row => row.IsCancelRequested, true).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
        await runs.Where(run => run.State == JobStates.Queued).ExecuteUpdateAsync(
            run => run.SetProperty(row => row.State, JobStates.Cancelled).SetProperty(row => row.Ended, now).SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        await context.Jobs.Where(job => job.Name == name).ExecuteDeleteAsync(cancellationToken);
    }
}
