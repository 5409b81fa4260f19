using MaoApi.Data;
using MaoApi.Data.Paging;

namespace MaoApi.Features.Admin;

/// <summary>Something administrators look after.</summary>
/// <param name="Name">Its word in routes and in the audit.</param>
/// <param name="Rows">All of them, with what <paramref name="Show"/> needs.</param>
/// <param name="Show">One as it is answered, and as the audit remembers it: never with a secret.</param>
/// <param name="Order">How its lists are sorted.</param>
internal sealed record AdminResource<TRow, TItem>(
    string Name, Func<MaoHomeContext, IQueryable<TRow>> Rows, Func<TRow, TItem> Show, ListOrder<TRow> Order)
    where TRow : class
    where TItem : class;
