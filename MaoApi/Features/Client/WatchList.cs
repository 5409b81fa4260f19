using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Client;

public sealed record WatchRequest
{
    /// <summary>1 to 100.</summary>
    [Required]
    [Length(1, 100)]
    public IReadOnlyList<int>? TickerIds { get; init; }
}

internal sealed record WatchedView(int TickerId, string Symbol, string Name, string Market);

internal sealed record WatchOutcome(int TickerId, int Code, string Message);

internal sealed record WatchAnswer(IReadOnlyList<WatchOutcome> Results);

internal static class WatchList
{
    /// <summary>As many as a person looks at; more is a mistake of a program.</summary>
    private const int MostWatched = 1_000;

    public static async Task<Answer<ItemList<WatchedView>>> ListAsync(
        Caller caller, IDbContextFactory<MaoHomeContext> contexts, IDbContextFactory<MaoDataContext> histories, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var keys = await context.WatchedTickers.AsNoTracking().Where(row => row.UserKey == caller.UserKey && row.IsEnabled)
            .Select(row => row.TickerKey).ToListAsync(cancellationToken);
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var items = await history.Tickers.AsNoTracking().Where(ticker => keys.Contains(ticker.Id)).OrderBy(ticker => ticker.Symbol)
            .Select(ticker => new WatchedView(ticker.Id, ticker.Symbol, ticker.Name, ticker.Market)).ToListAsync(cancellationToken);
        return new ItemList<WatchedView>(items);
    }

    public static async Task<Answer<WatchAnswer>> AddAsync(
        WatchRequest request,
        Caller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        IDbContextFactory<MaoDataContext> histories,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var ids = request.TickerIds!;
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        var known = await history.Tickers.AsNoTracking().Where(ticker => ids.Contains(ticker.Id) && ticker.IsEnabled)
            .Select(ticker => ticker.Id).ToListAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var watched = await context.WatchedTickers.Where(row => row.UserKey == caller.UserKey).ToDictionaryAsync(row => row.TickerKey, cancellationToken);
        var now = time.GetUtcNow();
        var results = ids.Select(id => Add(id)).ToList();
        await context.SaveChangesAsync(cancellationToken);
        return new WatchAnswer(results);

        WatchOutcome Add(int id)
        {
            if (!known.Contains(id))
            {
                return new WatchOutcome(id, ApiCodes.EngineNotFound.Code, "unknown ticker");
            }

            if (watched.TryGetValue(id, out var row))
            {
                row.Modified = row.IsEnabled ? row.Modified : now;
                row.IsEnabled = true;
                return new WatchOutcome(id, 0, "");
            }

            if (watched.Count >= MostWatched)
            {
                return new WatchOutcome(id, ApiCodes.Invalid.Code, $"a watch list holds at most {MostWatched} tickers");
            }

            watched[id] = new WatchedTicker { UserKey = caller.UserKey, TickerKey = id, IsEnabled = true, Created = now, Modified = now };
            context.Add(watched[id]);
            return new WatchOutcome(id, 0, "");
        }
    }

    public static async Task<Answer<Nothing>> RemoveAsync(
        int tickerId, Caller caller, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var removed = await context.WatchedTickers.Where(row => row.UserKey == caller.UserKey && row.TickerKey == tickerId)
            .ExecuteDeleteAsync(cancellationToken);
        return removed == 0 ? new Failure(ApiCodes.EngineNotFound, "not on the watch list") : new Nothing();
    }
}
