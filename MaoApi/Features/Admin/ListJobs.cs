using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record ListJobsRequest
{
    private const int MaxLimit = 200;

    public JobsFilter? Filter { get; init; }

    [AllowedValues(null, "-created")]
    public string? Sort { get; init; }

    [Range(1, MaxLimit)]
    public int Limit { get; init; } = 50;

    [RegularExpression("^[0-9]{1,9}$")]
    public string? Cursor { get; init; }
}

public sealed record JobsFilter
{
    /// <summary>One job, such as <c>study/trend-eurusd</c>.</summary>
    [StringLength(100)]
    public string? Name { get; init; }

    [StringLength(64)]
    public string? Kind { get; init; }

    [AllowedValues(null, JobStates.Queued, JobStates.Running, JobStates.Done, JobStates.Failed, JobStates.Cancelled)]
    public string? State { get; init; }
}

/// <summary>Runs page by page, and what is planned.</summary>
internal sealed record JobsPage(IReadOnlyList<JobView> Items, string? Cursor, IReadOnlyList<JobPlan> Jobs);

internal static class ListJobs
{
    public static async Task<Answer<JobsPage>> HandleAsync(
        ListJobsRequest request, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<JobRun> runs = context.JobRuns.AsNoTracking().Include(run => run.Job);
        if (request.Filter?.Name is { } name)
        {
            runs = runs.Where(run => run.Job!.Name == name);
        }

        if (request.Filter?.Kind is { } kind)
        {
            runs = runs.Where(run => run.Kind == kind);
        }

        if (request.Filter?.State is { } state)
        {
            runs = runs.Where(run => run.State == state);
        }

        if (request.Cursor is { } cursor)
        {
            var before = int.Parse(cursor, CultureInfo.InvariantCulture);
            runs = runs.Where(run => run.Id < before);
        }

        var page = await runs.OrderByDescending(run => run.Id).Take(request.Limit + 1).ToListAsync(cancellationToken);
        var jobs = await context.Jobs.AsNoTracking().OrderBy(job => job.Name).ToListAsync(cancellationToken);
        return new JobsPage(
            [.. page.Take(request.Limit).Select(JobView.Of)],
            page.Count > request.Limit ? $"{page[request.Limit - 1].Id}" : null,
            [.. jobs.Select(JobPlan.Of)]);
    }
}
