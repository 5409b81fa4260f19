namespace MaoTrade.Market.Metastock;

/// <summary>
/// The faults of one file. A file can be faulty in every one of its rows: the first ones are listed, the others counted.
/// </summary>
internal sealed class MetastockFaults(string file)
{
    public const int MaxListed = 1_000;

    private readonly List<MetastockFault> _listed = [];
    private int _others;

    /// <summary>Whether another one would be listed.</summary>
    public bool HasRoom => _listed.Count < MaxListed;

    /// <summary>Row 0 is the whole file.</summary>
    public void Add(int row, string message)
    {
        if (HasRoom)
        {
            _listed.Add(new MetastockFault(file, row, message));
        }
        else
        {
            AddUnlisted();
        }
    }

    /// <summary>Counts one whose message would not be listed.</summary>
    public void AddUnlisted() => _others++;

    /// <summary>Those of the whole file first, then by row.</summary>
    public List<MetastockFault> ToList()
    {
        var all = _listed.OrderBy(fault => fault.Row).ToList();
        if (_others > 0)
        {
            all.Add(new MetastockFault(file, 0, $"{_others} more faults are not listed"));
        }

        return all;
    }
}
