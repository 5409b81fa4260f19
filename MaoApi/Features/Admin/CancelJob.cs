using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Http;
using MaoApi.Jobs;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record CancelJobRequest
{
    [Required]
    [StringLength(64)]
    public string? JobId { get; init; }
}

internal static class CancelJob
{
    public static async Task<Accepted<JobView>> HandleAsync(
        CancelJobRequest request, IDbContextFactory<MaoHomeContext> contexts, JobBook book, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.JobRuns.AnyAsync(run => run.JobId == request.JobId, cancellationToken))
        {
            return new Failure(ApiCodes.EngineNotFound, "no such run");
        }

        return await book.CancelAsync(request.JobId!, cancellationToken) is { } run
            ? JobView.Of(run)
            : new Failure(ApiCodes.EngineConflict, "the run has ended already");
    }
}
