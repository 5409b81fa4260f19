using MaoApi.Data.History;
using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>Bars that are known and bars that are told become one, and it is counted what became of each. Not thread-safe.</summary>
internal sealed class BarMerge(string source, BarConflict conflict, DateTimeOffset at)
{
    private readonly List<Frame> _replaced = [];
    private int _added;
    private int _unchanged;
    private int _ignored;

    /// <summary>Whether the last block became another one.</summary>
    public bool HasChangedBlock { get; private set; }

    public bool IsChange => _added > 0 || _replaced.Count > 0;

    /// <summary>Forgets what an earlier run counted.</summary>
    public void Begin()
    {
        _replaced.Clear();
        (_added, _unchanged, _ignored) = (0, 0, 0);
    }

    /// <summary>Both, each in the order of time and each time once.</summary>
    public List<Frame> Into(IReadOnlyList<Frame> known, IReadOnlyList<Frame> told)
    {
        var merged = new List<Frame>(known.Count + told.Count);
        var before = _added + _replaced.Count;
        var next = 0;
        foreach (var bar in told)
        {
            for (; next < known.Count && known[next].UnixSeconds < bar.UnixSeconds; next++)
            {
                merged.Add(known[next]);
            }

            merged.Add(next < known.Count && known[next].UnixSeconds == bar.UnixSeconds ? Choose(known[next++], bar) : New(bar));
        }

        for (; next < known.Count; next++)
        {
            merged.Add(known[next]);
        }

        HasChangedBlock = _added + _replaced.Count > before;
        return merged;
    }

    public IEnumerable<BarCorrection> Corrections(SeriesKey key) => _replaced.Select(bar => new BarCorrection
    {
        TickerKey = key.TickerKey,
        TimeFrameSeconds = key.TimeFrameSeconds,
        Frame = bar.UnixSeconds,
        Open = bar.Open,
        High = bar.High,
        Low = bar.Low,
        Close = bar.Close,
        Volume = bar.Volume,
        Source = source,
        Corrected = at,
    });

    public HistoryWritten Result(IReadOnlyList<BarFault> faults) => new(_added, _replaced.Count, _unchanged, _ignored, faults);

    private Frame New(Frame bar)
    {
        _added++;
        return bar;
    }

    private Frame Choose(Frame known, Frame told)
    {
        if (known == told)
        {
            _unchanged++;
            return known;
        }

        if (conflict == BarConflict.Keep)
        {
            _ignored++;
            return known;
        }

        _replaced.Add(known);
        return told;
    }
}
