namespace MaoApi.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Cursor">Asks for the next page; null on the last.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Cursor);

/// <summary>A list that is always short enough to be answered whole.</summary>
internal sealed record ItemList<T>(IReadOnlyList<T> Items);
