using System.ComponentModel.DataAnnotations;
using MaoApi.Http;
using MaoApi.Logs;

namespace MaoApi.Features.Admin;

public sealed record SearchLogsRequest : LogQuestion
{
    private const int MaxLimit = 200;

    [StringLength(50)]
    public string? Cursor { get; init; }

    [Range(1, MaxLimit)]
    public int Limit { get; init; } = 50;
}

internal static class SearchLogs
{
    public static async Task<Answer<ListPage<LogRecord>>> HandleAsync(
        SearchLogsRequest request, ILogStore store, CancellationToken cancellationToken)
    {
        LogCursor? before = null;
        if (request.Cursor is { } text)
        {
            if (!LogCursor.TryParse(text, store, out var cursor))
            {
                return Failure.Invalid("cursor", "malformed", "cursor is not one this route has given");
            }

            before = cursor;
        }

        var page = await store.SearchAsync(request.ToFilter(), before, request.Limit + 1, cancellationToken);
        var items = page.Take(request.Limit).ToList();
        return new ListPage<LogRecord>(items, page.Count > request.Limit ? LogCursor.Of(items[^1]).ToString() : null);
    }
}
