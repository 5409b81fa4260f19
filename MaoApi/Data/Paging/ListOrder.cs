using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Data.Paging;

/// <summary>
/// The ways a list of rows may be sorted, and its pages. A page continues behind the last row of the one before, not after a number of
/// rows: what is added or deleted meanwhile neither repeats nor hides a row. Every key must be one the database compares as .NET does:
/// text, whole numbers, times; never a decimal.
/// </summary>
internal sealed class ListOrder<T>
    where T : class
{
    private readonly List<ListKey<T>> _keys = [];

    /// <summary>The words a request may sort by; each may have a hyphen before it, for descending.</summary>
    public IEnumerable<string> Names => _keys.Select(key => key.Name);

    /// <summary>Adds a sort. The first added is the one used where none is asked for.</summary>
    /// <param name="name">Its word in requests.</param>
    /// <param name="key">What is compared.</param>
    /// <param name="tie">What decides between rows with the same key, unique then; not needed where the key is unique.</param>
    public ListOrder<T> By<TKey>(string name, Expression<Func<T, TKey>> key, Expression<Func<T, int>>? tie = null)
    {
        _keys.Add(new ListKey<T>(name, typeof(TKey), key, tie));
        return this;
    }

    /// <summary>Whether a request may sort so.</summary>
    public bool Knows(string? sort) => sort is null || Names.Contains(sort.TrimStart('-'), StringComparer.Ordinal);

    /// <summary>Reads one page.</summary>
    /// <param name="rows">All rows of the list.</param>
    /// <param name="sort">A word this order knows, or null.</param>
    /// <param name="limit">Rows of a page.</param>
    /// <param name="after">The place of <see cref="RowPage{T}.Last"/> of the page before; null for the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RowPage<T>> ReadAsync(
        IQueryable<T> rows, string? sort, int limit, JsonElement? after, CancellationToken cancellationToken)
    {
        var descending = sort?.StartsWith('-') ?? false;
        var name = sort?.TrimStart('-') ?? _keys[0].Name;
        var key = _keys.Single(known => known.Name == name);
        if (after is { } place)
        {
            rows = rows.Where(key.Behind(place, descending));
        }

        var page = await key.Sort(rows, descending).Take(limit + 1).ToListAsync(cancellationToken);
        return page.Count > limit
            ? new RowPage<T>(page[..limit], key.PlaceOf(page[limit - 1]))
            : new RowPage<T>(page, null);
    }
}

/// <summary>Rows of a list, and the place of the last where more follow.</summary>
internal sealed record RowPage<T>(IReadOnlyList<T> Rows, JsonElement? Last);
