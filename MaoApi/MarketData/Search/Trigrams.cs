using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace MaoApi.MarketData.Search;

/// <summary>
/// Which texts hold which three letters in a row, a space standing before and behind each word; and from it, which texts are most like
/// another. Immutable, thread-safe.
/// </summary>
internal sealed class Trigrams
{
    /// <summary>What one question may count: rare letters first, those of nearly every text are not needed to tell texts apart.</summary>
    private const int MostCounted = 150_000;

    private readonly Dictionary<ulong, int[]> _texts;
    private readonly byte[] _sizes;
    private readonly ConcurrentBag<Tally> _tallies = [];

    public Trigrams(IReadOnlyList<string> texts)
    {
        var lists = new Dictionary<ulong, List<int>>();
        var found = new HashSet<ulong>();
        _sizes = new byte[texts.Count];
        for (var text = 0; text < texts.Count; text++)
        {
            Collect(texts[text], found);
            _sizes[text] = (byte)Math.Min(found.Count, byte.MaxValue);
            foreach (var trigram in found)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(lists, trigram, out _) ??= []).Add(text);
            }
        }

        _texts = lists.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    /// <summary>The texts that share most with another, by twice what is shared over what both have; in no order.</summary>
    public List<int> Nearest(string text, int most)
    {
        var wanted = new HashSet<ulong>();
        Collect(text, wanted);
        var lists = wanted.Select(trigram => _texts.GetValueOrDefault(trigram, [])).OrderBy(list => list.Length).ToList();
        var tally = _tallies.TryTake(out var used) ? used : new Tally(_sizes.Length);
        var counted = 0;
        foreach (var list in lists)
        {
            if (counted > 0 && counted + list.Length > MostCounted)
            {
                break;
            }

            counted += list.Length;
            tally.Add(list);
        }

        var best = new PriorityQueue<int, float>(most + 1);
        foreach (var candidate in tally.Touched)
        {
            var likeness = 2f * tally[candidate] / (wanted.Count + _sizes[candidate]);
            if (best.Count < most)
            {
                best.Enqueue(candidate, likeness);
            }
            else
            {
                best.EnqueueDequeue(candidate, likeness);
            }
        }

        tally.Clear();
        _tallies.Add(tally);
        return [.. best.UnorderedItems.Select(item => item.Element)];
    }

    private static void Collect(string text, HashSet<ulong> trigrams)
    {
        trigrams.Clear();
        ulong last = ' ';
        var length = 1;
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length && char.IsLetterOrDigit(text[i]) ? text[i] : ' ';
            if (letter == ' ' && (last & 0xFFFF) == ' ')
            {
                continue;
            }

            last = ((last << 16) | letter) & 0xFFFF_FFFF_FFFF;
            length++;
            if (length >= 3)
            {
                trigrams.Add(last);
            }

            if (letter == ' ')
            {
                (last, length) = (' ', 1);
            }
        }
    }

    /// <summary>How often each text was met; used again, so that none is made for a question.</summary>
    private sealed class Tally(int texts)
    {
        private readonly byte[] _counts = new byte[texts];
        private readonly List<int> _touched = [];

        public IReadOnlyList<int> Touched => _touched;

        public byte this[int text] => _counts[text];

        public void Add(int[] list)
        {
            foreach (var text in list)
            {
                if (_counts[text]++ == 0)
                {
                    _touched.Add(text);
                }
            }
        }

        public void Clear()
        {
            foreach (var text in _touched)
            {
                _counts[text] = 0;
            }

            _touched.Clear();
        }
    }
}
