using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Http;
using MaoApi.Pods;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record PodLinesRequest
{
    [Required]
    [StringLength(40)]
    public string? AccountId { get; init; }

    [Range(1, PodOutput.MaxLines)]
    public int Lines { get; init; } = 100;
}

internal sealed record PodLinesResponse(IReadOnlyList<string> Lines);

internal static class PodLines
{
    public static async Task<Answer<PodLinesResponse>> HandleAsync(
        PodLinesRequest request, IDbContextFactory<MaoHomeContext> contexts, PodOutput output, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Only a name that is in the table becomes the name of a folder.
        var accountId = await context.Accounts.Where(row => row.AccountId == request.AccountId)
            .Select(row => row.AccountId).SingleOrDefaultAsync(cancellationToken);
        return accountId is null
            ? Failure.Of(ApiCodes.Forbidden)
            : new PodLinesResponse(await output.LastLinesAsync(accountId, request.Lines, cancellationToken));
    }
}
