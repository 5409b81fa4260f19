using System.ComponentModel.DataAnnotations;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Pods;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record ListPodsRequest
{
    private const int MaxLimit = 200;

    public PodsFilter? Filter { get; init; }

    [AllowedValues(null, "accountId", "-accountId")]
    public string? Sort { get; init; }

    [Range(1, MaxLimit)]
    public int Limit { get; init; } = 50;

    [StringLength(40)]
    public string? Cursor { get; init; }
}

public sealed record PodsFilter
{
    [StringLength(40)]
    public string? AccountId { get; init; }

    [AllowedValues(null, PodStates.Running, PodStates.Stopped, PodStates.Error)]
    public string? State { get; init; }
}

internal static class ListPods
{
    public static async Task<Answer<ListPage<PodView>>> HandleAsync(
        ListPodsRequest request,
        IDbContextFactory<MaoHomeContext> contexts,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pods = context.Pods.AsNoTracking().Include(pod => pod.Account).AsQueryable();
        if (request.Filter?.AccountId is { } accountId)
        {
            pods = pods.Where(pod => pod.Account!.AccountId == accountId);
        }

        if (request.Filter?.State is { } state)
        {
            pods = pods.Where(pod => pod.State == state);
        }

        var descending = request.Sort?.StartsWith('-') ?? false;
        if (request.Cursor is { } cursor)
        {
            pods = descending
                ? pods.Where(pod => pod.Account!.AccountId.CompareTo(cursor) < 0)
                : pods.Where(pod => pod.Account!.AccountId.CompareTo(cursor) > 0);
        }

        pods = descending ? pods.OrderByDescending(pod => pod.Account!.AccountId) : pods.OrderBy(pod => pod.Account!.AccountId);
        var page = await pods.Take(request.Limit + 1).ToListAsync(cancellationToken);
        var items = page.Take(request.Limit).Select(PodView.Of).ToList();
        return new ListPage<PodView>(items, page.Count > request.Limit ? items[^1].AccountId : null);
    }
}
