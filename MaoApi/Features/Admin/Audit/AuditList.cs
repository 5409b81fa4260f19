using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;

namespace MaoApi.Features.Admin.Audit;

/// <summary>A change somebody made.</summary>
internal sealed record AuditItem(
    DateTimeOffset At,
    string Who,
    string? Ip,
    string? Agent,
    string What,
    string Target,
    JsonElement? Before,
    JsonElement? After,
    string? Rid);

public sealed record ListAuditRequest : AdminListRequest
{
    public AuditFilter? Filter { get; init; }
}

public sealed record AuditFilter
{
    [StringLength(128)]
    public string? Who { get; init; }

    /// <summary>The beginning of resource and action, such as <c>accounts/</c>.</summary>
    [StringLength(64)]
    public string? What { get; init; }

    [StringLength(200)]
    public string? Target { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Not at or after.</summary>
    public DateTimeOffset? To { get; init; }
}

internal static class AuditList
{
    private static readonly AdminResource<AuditEntry, AuditItem> Resource = new(
        "audit",
        context => context.Audit,
        row => new AuditItem(
            row.At, row.Who, row.ClientAddress, row.Agent, row.What, row.Target, Parse(row.Before), Parse(row.After), row.RequestId),
        new ListOrder<AuditEntry>().By("at", row => row.Id));

    /// <summary>Newest first, unless the request says otherwise.</summary>
    public static Task<Answer<ListPage<AuditItem>>> HandleAsync(ListAuditRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request with { Sort = request.Sort ?? "-at" }, request.Filter, rows =>
        {
            rows = request.Filter?.Who is { } who ? rows.Where(row => row.Who == who) : rows;
            rows = request.Filter?.What is { } what ? rows.Where(row => row.What.StartsWith(what)) : rows;
            rows = request.Filter?.Target is { } target ? rows.Where(row => row.Target == target) : rows;
            rows = request.Filter?.From is { } from ? rows.Where(row => row.At >= from) : rows;
            return request.Filter?.To is { } to ? rows.Where(row => row.At < to) : rows;
        });

    private static JsonElement? Parse(string? json) => json is null ? null : JsonElement.Parse(json);
}
