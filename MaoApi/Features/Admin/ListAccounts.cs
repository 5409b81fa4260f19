using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Data;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin;

public sealed record ListAccountsRequest
{
    private const int MaxLimit = 200;

    public AccountsFilter? Filter { get; init; }

    [AllowedValues(null, "accountId", "-accountId")]
    public string? Sort { get; init; }

    [Range(1, MaxLimit)]
    public int Limit { get; init; } = 50;

    [StringLength(40)]
    public string? Cursor { get; init; }
}

public sealed record AccountsFilter
{
    public bool? Active { get; init; }

    [StringLength(128)]
    public string? UserId { get; init; }
}

internal sealed record AdminAccount(
    string AccountId,
    string Descr,
    string UserId,
    string BrokerCode,
    bool Demo,
    bool Active,
    string? Host,
    int? Port,
    bool HasAccountData,
    JsonElement Config,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset Modified);

internal static class ListAccounts
{
    public static async Task<Answer<ListPage<AdminAccount>>> HandleAsync(
        ListAccountsRequest request, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var accounts = context.Accounts.AsNoTracking().Include(row => row.User).Include(row => row.Broker).AsQueryable();
        if (request.Filter?.Active is { } active)
        {
            accounts = accounts.Where(row => row.IsActive == active);
        }

        if (request.Filter?.UserId is { } userId)
        {
            accounts = accounts.Where(row => row.User!.UserId == userId);
        }

        // The cursor is the last accountId of the page before: an account added meanwhile moves nothing.
        var descending = request.Sort?.StartsWith('-') ?? false;
        if (request.Cursor is { } cursor)
        {
            accounts = descending
                ? accounts.Where(row => row.AccountId.CompareTo(cursor) < 0)
                : accounts.Where(row => row.AccountId.CompareTo(cursor) > 0);
        }

        accounts = descending ? accounts.OrderByDescending(row => row.AccountId) : accounts.OrderBy(row => row.AccountId);
        var page = await accounts.Take(request.Limit + 1).ToListAsync(cancellationToken);
        var items = page.Take(request.Limit).Select(row => new AdminAccount(
            row.AccountId,
            row.Description,
            row.User!.UserId,
            row.Broker!.Code,
            row.IsDemo,
            row.IsActive,
            row.EngineHost,
            row.EnginePort,
            row.AccountData is not null,
            JsonElement.Parse(row.Config),
            row.Version,
            row.Created,
            row.Modified)).ToList();
        return new ListPage<AdminAccount>(items, page.Count > request.Limit ? items[^1].AccountId : null);
    }
}
