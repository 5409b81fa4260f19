using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// Rows by key in the order of their first writing. An input changes one row of a kind, seldom more: a few are found by
/// looking at each, many by an index. Not thread-safe.
/// </summary>
public sealed class RowMap<T> : IEnumerable<KeyValuePair<string, T>>
{
    private const int MostWithoutIndex = 8;

    private List<KeyValuePair<string, T>> _rows = [];
    private Dictionary<string, int>? _index;

    public int Count => _rows.Count;

    public IEnumerable<T> Values => _rows.Select(row => row.Value);

    /// <summary>The row of a key; set, it takes the place of one that is there.</summary>
    /// <exception cref="KeyNotFoundException">There is none to get.</exception>
    public T this[string key]
    {
        get => TryGetValue(key, out var row) ? row : throw new KeyNotFoundException(key);
        set
        {
            var row = KeyValuePair.Create(key, value);
            if (Find(key) is >= 0 and var at)
            {
                _rows[at] = row;
            }
            else
            {
                _rows.Add(row);
                Index();
            }
        }
    }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T row)
    {
        var at = Find(key);
        row = at >= 0 ? _rows[at].Value : default;
        return at >= 0;
    }

    public void Clear()
    {
        if (_index is null)
        {
            _rows.Clear();
        }
        else
        {
            // Room that one input in very many needs is given back.
            _rows = [];
            _index = null;
        }
    }

    public List<KeyValuePair<string, T>>.Enumerator GetEnumerator() => _rows.GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string key)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(key, -1);
        }

        for (var i = 0; i < _rows.Count; i++)
        {
            if (_rows[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The last row is new.</summary>
    private void Index()
    {
        if (_index is not null)
        {
            _index.Add(_rows[^1].Key, _rows.Count - 1);
        }
        else if (_rows.Count > MostWithoutIndex)
        {
            _index = new Dictionary<string, int>(2 * _rows.Count);
            for (var i = 0; i < _rows.Count; i++)
            {
                _index.Add(_rows[i].Key, i);
            }
        }
    }
}
