using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Http;
using MaoApi.Jobs;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record RunJobRequest
{
    [Required]
    [StringLength(100)]
    public string? Name { get; init; }
}

internal static class RunJob
{
    public static async Task<Accepted<JobView>> HandleAsync(
        RunJobRequest request,
        Caller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        JobBook book,
        JobRunner runner,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = await context.Jobs.AsNoTracking().OrderBy(job => job.Name).Select(job => new { job.Id, job.Name }).ToListAsync(cancellationToken);
        if (jobs.Find(job => job.Name == request.Name) is not { } job)
        {
            return new Failure(ApiCodes.EngineNotFound, "no such job; there are " + string.Join(", ", jobs.Select(known => known.Name)));
        }

        if (await book.AskAsync(job.Id, caller.UserKey, cancellationToken) is not { } run)
        {
            return new Failure(ApiCodes.EngineConflict, "the job waits or runs already");
        }

        runner.LookNow();
        return JobView.Of(run);
    }
}
