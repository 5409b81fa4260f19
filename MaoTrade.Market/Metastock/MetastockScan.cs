namespace MaoTrade.Market.Metastock;

/// <summary>
/// Goes through the rows of a file page by page in their order: rows that break a rule are named and left out, and so it
/// is noticed whether the others stand in the order of time.
/// </summary>
internal sealed class MetastockScan(MetastockLayout layout, MetastockFaults faults)
{
    private readonly MetastockDecoder _decoder = new(layout);
    private readonly int[] _numbers = new int[MetastockPage.MaxRows];
    private long _last = long.MinValue;
    private int _rows;
    private int _withoutDate;
    private byte[] _sample = [];

    /// <summary>Whether each row so far is good and later than the one before: then the file can be used as it is.</summary>
    public bool IsClean { get; private set; } = true;

    /// <summary>Whether the good rows came in the order of time, none twice.</summary>
    public bool IsAscending { get; private set; } = true;

    /// <summary>The good rows of the last page.</summary>
    public MetastockPage Page { get; } = new();

    /// <summary>Their numbers in the file, the first row is 1.</summary>
    public ReadOnlySpan<int> Numbers => _numbers.AsSpan(0, Page.Count);

    /// <summary>Takes the next rows, a page at most.</summary>
    public void Take(ReadOnlySpan<byte> rows)
    {
        var count = rows.Length / layout.RowBytes;
        var good = _decoder.Decode(rows, count, Page);
        for (var i = 0; i < count; i++)
        {
            _numbers[i] = _rows + i + 1;
        }

        if (!good)
        {
            LeaveOut(rows, count);
        }

        _rows += count;
        var last = _last;
        var ascending = true;
        foreach (var time in Page.UnixSeconds)
        {
            ascending &= time > last;
            last = time;
        }

        _last = last;
        IsAscending &= ascending;
        IsClean &= good && ascending;
    }

    /// <summary>Says what only all rows together show.</summary>
    public void Finish()
    {
        if (_withoutDate > _rows / 2 && MetastockWidth.Guess(_sample, layout.Columns) is { } columns)
        {
            faults.Add(0, $"{_withoutDate} of {_rows} rows have no date; with {columns} columns instead of {layout.Columns} they would: the index may be wrong");
        }
    }

    private void LeaveOut(ReadOnlySpan<byte> rows, int count)
    {
        if (_rows == 0)
        {
            _sample = rows[..Math.Min(rows.Length, MetastockWidth.SampleBytes)].ToArray();
        }

        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (MetastockRow.IsGood(Page, i))
            {
                Page.Move(i, kept);
                _numbers[kept++] = _numbers[i];
                continue;
            }

            _withoutDate += Page.Times[i] == MetastockDecoder.NoTime ? 1 : 0;
            if (faults.HasRoom)
            {
                faults.Add(_numbers[i], MetastockRow.FaultOf(rows.Slice(i * layout.RowBytes, layout.RowBytes), layout));
            }
            else
            {
                faults.AddUnlisted();
            }
        }

        Page.Count = kept;
    }
}
