using MaoTrade.Engine.Systems;

namespace MaoTrade.Engine.Trading;

/// <summary>Epic → running system, and the acknowledgements that wait for answers to orders. Owned by the trade loop.</summary>
public sealed class TitleTable
{
    private readonly Dictionary<string, Title> _titles = [];
    private readonly Dictionary<string, List<long>> _heldBack = [];

    public IReadOnlyCollection<Title> All => _titles.Values;

    /// <summary>Signal → what the store holds of a system that does not run.</summary>
    public Dictionary<string, StoredSystem> Waiting { get; } = [];

    public Title? Find(string epic) => _titles.GetValueOrDefault(epic);

    public void Put(Title title) => _titles[title.Epic] = title;

    public void Remove(string epic) => _titles.Remove(epic);

    /// <summary>Whether acknowledgements wait.</summary>
    public bool HoldsBack => _heldBack.Count > 0;

    /// <summary>Keeps an acknowledgement back until the orders of its epic have an answer.</summary>
    public void HoldBack(string epic, long eventId)
    {
        if (!_heldBack.TryGetValue(epic, out var ids))
        {
            _heldBack[epic] = ids = [];
        }

        if (!ids.Contains(eventId))
        {
            ids.Add(eventId);
        }
    }

    /// <summary>The acknowledgements that may go now.</summary>
    public IEnumerable<long> Release(Func<string, bool> isUnanswered)
    {
        foreach (var (epic, ids) in _heldBack.Where(held => held.Value.Count > 0 && !isUnanswered(held.Key)).ToArray())
        {
            _heldBack.Remove(epic);
            foreach (var id in ids)
            {
                yield return id;
            }
        }
    }

    /// <summary>A new session delivers again what was not acknowledged: what waited before it is void.</summary>
    public void ForgetHeldBack() => _heldBack.Clear();
}
