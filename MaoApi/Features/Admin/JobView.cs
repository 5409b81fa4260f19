using MaoApi.Data.Entities;

namespace MaoApi.Features.Admin;

/// <summary>One run of a job.</summary>
internal sealed record JobView(
    string JobId,
    string Name,
    string Kind,
    string State,
    double Progress,
    string Message,
    DateTimeOffset Created,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    string? Error)
{
    public static JobView Of(JobRun run) =>
        new(run.JobId, run.Job?.Name ?? run.Kind, run.Kind, run.State, run.Progress, run.Message, run.Created, run.Started, run.Ended, run.Error);
}

/// <summary>A job and when it runs.</summary>
internal sealed record JobPlan(
    string Name, string Lane, string Schedule, bool Enabled, string State, DateTimeOffset? NextRun, DateTimeOffset? LastRun, string? LastState)
{
    public static JobPlan Of(Job job) =>
        new(job.Name, job.Lane, job.Schedule, job.IsEnabled, job.State, job.Due, job.LastRun, job.LastState);
}
