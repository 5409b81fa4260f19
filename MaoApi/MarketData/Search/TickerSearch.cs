using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.MarketData.Search;

/// <summary>
/// Finds tickers by what people type, in an index in memory. Each search asks the database which tickers were changed since the index was
/// made, so that what another process imported is found at once; when those are many, the index is made anew. Thread-safe.
/// </summary>
internal sealed class TickerSearch(IDbContextFactory<MaoDataContext> histories, TimeProvider time) : IDisposable
{
    /// <summary>More tickers are not kept in memory; the oldest are found.</summary>
    private const int MostTickers = 1_000_000;

    /// <summary>Changed tickers that are looked through beside the index; of more the latest, until the index is made anew.</summary>
    private const int MostChanged = 1_000;

    /// <summary>A row is written with its moment and seen when it is committed, and clocks differ.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenBuilds = TimeSpan.FromSeconds(10);

    private readonly Func<MaoDataContext, DateTimeOffset, IAsyncEnumerable<TickerEntry>> _changedSince = EF.CompileAsyncQuery(
        (MaoDataContext history, DateTimeOffset since) => history.Tickers.AsNoTracking()
            .Where(ticker => ticker.Modified >= since).OrderByDescending(ticker => ticker.Modified).Take(MostChanged)
            .Select(ticker => new TickerEntry(ticker.Id, ticker.Symbol, ticker.Name, ticker.Market, ticker.IsEnabled, ticker.Modified)));

    private readonly SemaphoreSlim _building = new(1);
    private volatile Base? _base;
    private volatile Changes _changes = Changes.None;

    /// <summary>The best matches for what was typed, the best first.</summary>
    public async Task<IReadOnlyList<TickerMatch>> FindAsync(string text, int limit, CancellationToken cancellationToken)
    {
        var known = _base ?? await BuildAsync(null, cancellationToken);
        var rows = await ChangedAsync(known, cancellationToken);
        if (rows.Count == MostChanged && time.GetElapsedTime(known.Built) >= BetweenBuilds)
        {
            known = await BuildAsync(known, cancellationToken);
            rows = await ChangedAsync(known, cancellationToken);
        }

        var changes = _changes;
        if (!changes.Are(known, rows))
        {
            _changes = changes = new Changes(known, rows);
        }

        // Those that were changed since may stand in front of what is wanted with their former names.
        return
        [
            .. TickerMatch.Order(known.Index.Find(text, limit + changes.Keys.Count).Where(match => !changes.Keys.Contains(match.TickerId))
                .Concat(changes.Index.Find(text, limit))).Take(limit),
        ];
    }

    public void Dispose() => _building.Dispose();

    private async Task<List<TickerEntry>> ChangedAsync(Base known, CancellationToken cancellationToken)
    {
        var changed = new List<TickerEntry>();
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        await foreach (var entry in _changedSince(history, known.Since).WithCancellation(cancellationToken))
        {
            if (!known.Index.Holds(entry))
            {
                changed.Add(entry);
            }
        }

        return changed;
    }

    /// <summary>One builds, the others of that moment wait for it.</summary>
    private async Task<Base> BuildAsync(Base? outdated, CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            if (_base is { } built && built != outdated)
            {
                return built;
            }

            var since = time.GetUtcNow() - Overlap;
            await using var history = await histories.CreateDbContextAsync(cancellationToken);
            var entries = await history.Tickers.AsNoTracking().Where(ticker => ticker.IsEnabled).OrderBy(ticker => ticker.Id).Take(MostTickers)
                .Select(ticker => new TickerEntry(ticker.Id, ticker.Symbol, ticker.Name, ticker.Market, ticker.IsEnabled, ticker.Modified))
                .ToListAsync(cancellationToken);
            return _base = new Base(new TickerIndex(entries), since, time.GetTimestamp());
        }
        finally
        {
            _building.Release();
        }
    }

    private sealed record Base(TickerIndex Index, DateTimeOffset Since, long Built);

    /// <summary>Tickers that are no longer as an index has them.</summary>
    private sealed class Changes(Base? known, List<TickerEntry> rows)
    {
        public static readonly Changes None = new(null, []);

        public TickerIndex Index { get; } = new([.. rows.Where(entry => entry.IsEnabled)]);

        public HashSet<int> Keys { get; } = [.. rows.Select(entry => entry.Key)];

        public bool Are(Base other, List<TickerEntry> others) => known == other && rows.SequenceEqual(others);
    }
}
