namespace MaoTrade.Market.Metastock;

/// <summary>Puts the rows of a file in order that are not: sorted by time; of equal times the first row stays.</summary>
internal sealed class MetastockOrder(MetastockFaults faults)
{
    private readonly List<(long UnixSeconds, int Row)> _keys = [];

    /// <summary>A good row: its time and its number in the file.</summary>
    public void Add(long unixSeconds, int row)
    {
        if (_keys.Count > 0 && unixSeconds < _keys[^1].UnixSeconds)
        {
            faults.Add(row, $"{Shown(unixSeconds)} is before {Shown(_keys[^1].UnixSeconds)} of the row above: put in its place");
        }

        _keys.Add((unixSeconds, row));
    }

    /// <summary>Numbers of the rows to use, in the order of time.</summary>
    public List<int> Sorted()
    {
        _keys.Sort();
        var rows = new List<int>(_keys.Count);
        for (var i = 0; i < _keys.Count; i++)
        {
            if (i > 0 && _keys[i].UnixSeconds == _keys[i - 1].UnixSeconds)
            {
                faults.Add(_keys[i].Row, $"{Shown(_keys[i].UnixSeconds)} is already that of row {rows[^1]}: left out");
            }
            else
            {
                rows.Add(_keys[i].Row);
            }
        }

        return rows;
    }

    private static string Shown(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString(unixSeconds % 86_400 == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss");
}
