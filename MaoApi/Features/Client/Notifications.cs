using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Client;

public sealed record NotificationsQuery
{
    /// <summary>Only what is not read yet.</summary>
    public bool? Unread { get; init; }

    [RegularExpression("[0-9]{1,9}")]
    public string? Cursor { get; init; }

    [Range(1, 200)]
    public int? Limit { get; init; }
}

public sealed record ReadRequest
{
    /// <summary>1 to 200.</summary>
    [Required]
    [Length(1, 200)]
    public IReadOnlyList<int>? Ids { get; init; }
}

internal sealed record NotificationView(
    int Id,
    string Type,
    string Title,
    string Message,
    JsonElement Data,
    string Priority,
    DateTimeOffset Created,
    DateTimeOffset? SentAt,
    DateTimeOffset? ReadAt);

/// <summary>A page of what a user was told.</summary>
/// <param name="Items">A page of them.</param>
/// <param name="Cursor">Asks for the next page; null on the last.</param>
/// <param name="Unread">How many of all are not read yet.</param>
internal sealed record NotificationPage(IReadOnlyList<NotificationView> Items, string? Cursor, int Unread);

internal sealed record ReadAnswer(int Read);

internal static class Notifications
{
    private const int UsualLimit = 50;

    public static async Task<Answer<NotificationPage>> ListAsync(
        [AsParameters] NotificationsQuery query, Caller caller, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Notifications.AsNoTracking().Where(row => row.UserKey == caller.UserKey);
        var unread = await own.CountAsync(row => row.ReadAt == null, cancellationToken);
        if (query.Unread == true)
        {
            own = own.Where(row => row.ReadAt == null);
        }

        if (query.Cursor is { } cursor)
        {
            var before = int.Parse(cursor, CultureInfo.InvariantCulture);
            own = own.Where(row => row.Id < before);
        }

        var limit = query.Limit ?? UsualLimit;
        var rows = await own.OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var items = rows.Take(limit).Select(row => new NotificationView(
            row.Id, row.Type, row.Title, row.Message, JsonElement.Parse(row.Data), row.Priority, row.Created, row.SentAt, row.ReadAt)).ToList();
        return new NotificationPage(items, rows.Count > limit ? items[^1].Id.ToString(CultureInfo.InvariantCulture) : null, unread);
    }

    public static async Task<Answer<ReadAnswer>> ReadAsync(
        ReadRequest request, Caller caller, IDbContextFactory<MaoHomeContext> contexts, TimeProvider time, CancellationToken cancellationToken)
    {
        var ids = request.Ids!;
        DateTimeOffset? now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await context.Notifications.Where(row => row.UserKey == caller.UserKey && row.ReadAt == null && ids.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(notice => notice.ReadAt, now), cancellationToken);
        return new ReadAnswer(read);
    }
}
