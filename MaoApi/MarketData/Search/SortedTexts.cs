namespace MaoApi.MarketData.Search;

/// <summary>Texts in their order, so that all that begin alike lie together. Immutable, thread-safe.</summary>
internal sealed class SortedTexts
{
    private readonly string[] _texts;
    private readonly int[] _owners;

    public SortedTexts(IEnumerable<(string Text, int Owner)> texts)
    {
        var items = texts.ToArray();
        Array.Sort(items, static (one, other) =>
            string.CompareOrdinal(one.Text, other.Text) is var order and not 0 ? order : one.Owner.CompareTo(other.Owner));
        _texts = Array.ConvertAll(items, item => item.Text);
        _owners = Array.ConvertAll(items, item => item.Owner);
    }

    /// <summary>Owners of texts that begin with another, a text that is that one first, so many at most.</summary>
    public ReadOnlySpan<int> StartingWith(string beginning, int most)
    {
        var (low, high) = (0, _texts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(_texts[middle], beginning) < 0 ? (middle + 1, high) : (low, middle);
        }

        var end = low;
        while (end < _texts.Length && end - low < most && _texts[end].StartsWith(beginning, StringComparison.Ordinal))
        {
            end++;
        }

        return _owners.AsSpan(low, end - low);
    }
}
