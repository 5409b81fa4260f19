using FuzzySharp;

namespace MaoApi.MarketData.Search;

/// <summary>
/// Tickers in memory, found by what people type: the symbol itself, then what begins with it, then what holds it, then what is like it.
/// Immutable, thread-safe; a question looks at a bounded number of tickers, however many there are.
/// </summary>
internal sealed class TickerIndex
{
    /// <summary>Of those that begin with what was typed: who typed two letters is not served better by more.</summary>
    private const int MostBeginning = 1_000;

    /// <summary>Of those that are like it, to be ranked one by one.</summary>
    private const int MostAlike = 200;

    private const int FewestCharsAlike = 3;
    private const int WorstRatio = 60;
    private const int BestAlike = 59;

    private readonly TickerEntry[] _entries;
    private readonly string[] _symbols;
    private readonly string[] _names;
    private readonly Dictionary<int, int> _byKey = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySymbol;
    private readonly SortedTexts _sortedSymbols;
    private readonly SortedTexts _sortedWords;

    /// <summary>Symbols, and behind them the names.</summary>
    private readonly Trigrams _trigrams;

    public TickerIndex(IReadOnlyList<TickerEntry> entries)
    {
        _entries = [.. entries];
        _symbols = Array.ConvertAll(_entries, entry => FoldedText.Of(entry.Symbol));
        _names = Array.ConvertAll(_entries, entry => FoldedText.Of(entry.Name));
        var bySymbol = new Dictionary<string, int>(_entries.Length, StringComparer.Ordinal);
        foreach (var (at, entry) in _entries.Index())
        {
            _byKey[entry.Key] = at;
            bySymbol.TryAdd(_symbols[at], at);
        }

        _bySymbol = bySymbol.GetAlternateLookup<ReadOnlySpan<char>>();
        _sortedSymbols = new SortedTexts(_symbols.Select((symbol, at) => (symbol, at)));
        _sortedWords = new SortedTexts(_names.SelectMany((name, at) => WordsOf(name).Select(word => (word, at))));
        _trigrams = new Trigrams([.. _symbols, .. _names]);
    }

    public int Count => _entries.Length;

    /// <summary>Whether it holds this very row.</summary>
    public bool Holds(TickerEntry entry) => _byKey.TryGetValue(entry.Key, out var at) && _entries[at] == entry;

    /// <summary>The best matches, the best first.</summary>
    public IEnumerable<TickerMatch> Find(string text, int limit)
    {
        var wanted = FoldedText.Of(text);
        if (wanted.Length == 0)
        {
            return [];
        }

        var candidates = new HashSet<int>();
        AddAll(candidates, _sortedSymbols.StartingWith(wanted, MostBeginning));
        AddAll(candidates, _sortedWords.StartingWith(wanted, MostBeginning));
        var matches = candidates.Select(at => Match(at, Certain(at, wanted))).ToList();
        if (wanted.Length >= FewestCharsAlike)
        {
            matches.AddRange(Alike(wanted, candidates).Select(at => Match(at, Certain(at, wanted) is var score and > 0 ? score : Likeness(at, wanted))));
        }

        return TickerMatch.Order(matches.Where(match => match.Score > 0)).Take(limit);
    }

    private static void AddAll(HashSet<int> candidates, ReadOnlySpan<int> more)
    {
        foreach (var at in more)
        {
            candidates.Add(at);
        }
    }

    /// <summary>The ends of a name that begin with a word, so that several words are found as they stand.</summary>
    private static IEnumerable<string> WordsOf(string name)
    {
        for (var begin = 0; begin < name.Length; begin++)
        {
            if (begin == 0 || (!char.IsLetterOrDigit(name[begin - 1]) && char.IsLetterOrDigit(name[begin])))
            {
                yield return name[begin..];
            }
        }
    }

    private List<int> Alike(string wanted, HashSet<int> known)
    {
        var alike = new HashSet<int>();
        if (wanted.Length is >= Misspellings.FewestChars and <= Misspellings.MostChars)
        {
            Misspellings.Of(wanted, symbol =>
            {
                if (_bySymbol.TryGetValue(symbol, out var at))
                {
                    alike.Add(at);
                }
            });
        }

        foreach (var text in _trigrams.Nearest(wanted, MostAlike))
        {
            alike.Add(text % _entries.Length);
        }

        alike.ExceptWith(known);
        return [.. alike];
    }

    private TickerMatch Match(int at, int score) => new(_entries[at].Key, _entries[at].Symbol, _entries[at].Name, _entries[at].Market, score);

    private int Certain(int at, string wanted)
    {
        var (symbol, name) = (_symbols[at], _names[at]);
        return symbol == wanted ? 100
            : symbol.StartsWith(wanted, StringComparison.Ordinal) ? 90
            : name.StartsWith(wanted, StringComparison.Ordinal) ? 80
            : symbol.Contains(wanted, StringComparison.Ordinal) ? 70
            : name.Contains(wanted, StringComparison.Ordinal) ? 60
            : 0;
    }

    private int Likeness(int at, string wanted)
    {
        var symbol = Fuzz.Ratio(wanted, _symbols[at]);
        var ratio = wanted.Length > _symbols[at].Length + 2 || symbol < WorstRatio ? Math.Max(symbol, Fuzz.PartialRatio(wanted, _names[at])) : symbol;
        return ratio < WorstRatio ? 0 : BestAlike * ratio / 100;
    }
}
