using System.Buffers.Binary;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// The rows of an instrument where they lie: the file is mapped, a bar is found by its time in a microsecond, and a page
/// of rows is read wherever it is asked for. Rows are numbered from 0 in the order of time; those that break a rule are
/// among the faults and not counted. Safe for any number of readers at the same time.
/// </summary>
/// <remarks>
/// Opening goes through the file once. What is appended to it later is seen by opening it again. A program that makes the
/// file shorter in place, instead of putting another one there, ends every process that has it mapped.
/// </remarks>
public sealed class MetastockBars : IDisposable
{
    // Times beyond these are before and after every row.
    private static readonly long Earliest = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
    private static readonly int DayOfEarliest = new DateOnly(1900, 1, 1).DayNumber;
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly MetastockMapping? _file;
    private readonly MetastockLayout _layout;

    // Keys of every 16th row: the last steps of a look-up touch half a kilobyte of the file, and only that.
    private const int RowsPerKey = 16;

    private readonly ulong[] _keys = [];
    private readonly MetastockMapping.Use<ulong, int> _find;

    // Rows of the file in the order of time; null where the file has that order itself.
    private readonly List<int>? _order;

    private MetastockBars(MetastockInstrument instrument, MetastockFaults faults)
    {
        Instrument = instrument;
        _layout = MetastockLayout.Of(instrument.Fields);
        _find = Find;
        try
        {
            _file = Map(instrument, faults);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(0, exception.Message);
        }

        if (_file is not null)
        {
            (Count, _order) = _file.Read(faults, Survey);
            _keys = _file.Read(Count, EveryKey);
        }

        Faults = faults.ToList();
    }

    /// <summary>Its entry in the index.</summary>
    public MetastockInstrument Instrument { get; }

    /// <summary>Rows that can be used.</summary>
    public int Count { get; }

    /// <summary>What is wrong with the file, as <see cref="MetastockFolder.Read"/> says it.</summary>
    public IReadOnlyList<MetastockFault> Faults { get; }

    /// <summary>Opens the data file of an instrument; one that is missing or cannot be read has no rows and a fault.</summary>
    public static MetastockBars Open(MetastockInstrument instrument) =>
        new(instrument, new MetastockFaults(instrument.DataFileName));

    /// <summary>Number of the last row that is not later than a time; -1 when all are.</summary>
    public int IndexAtOrBefore(long unixSeconds) => Count == 0 ? -1 : _file!.Read(Key(unixSeconds), _find);

    /// <summary>Time of a row.</summary>
    public long UnixSecondsAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _file!.Read(index, TimeAt);
    }

    /// <summary>
    /// Reads the rows from a number on into a page: as many as there are, 2,000 or <paramref name="most"/> at most.
    /// </summary>
    public void Read(int first, MetastockPage page, int most = MetastockPage.MaxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        page.Count = 0;
        var count = Math.Min(Math.Min(most, MetastockPage.MaxRows), Count - first);
        if (count > 0)
        {
            _file!.Read((first, count, page), Decode);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private MetastockMapping? Map(MetastockInstrument instrument, MetastockFaults faults)
    {
        if (instrument.DataFile is null)
        {
            faults.Add(0, "missing");
            return null;
        }

        var file = new FileStream(instrument.DataFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> header = stackalloc byte[_layout.RowBytes];
        var rows = MetastockHeader.Rows(header[..file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)], file.Length, _layout.RowBytes, faults);
        if (rows == 0)
        {
            file.Dispose();
            return null;
        }

        return new MetastockMapping(file, (rows + 1) * _layout.RowBytes);
    }

    private (int Count, List<int>? Order) Survey(ReadOnlySpan<byte> file, MetastockFaults faults)
    {
        var rows = file[_layout.RowBytes..];
        var scan = new MetastockScan(_layout, faults);
        foreach (var page in Pages(rows.Length))
        {
            scan.Take(rows[page]);
        }

        scan.Finish();
        if (scan.IsClean)
        {
            return (rows.Length / _layout.RowBytes, null);
        }

        // What is wrong with single rows has been said: this time only their order counts.
        var order = new MetastockOrder(faults);
        scan = new MetastockScan(_layout, new MetastockFaults(""));
        foreach (var page in Pages(rows.Length))
        {
            scan.Take(rows[page]);
            for (var i = 0; i < scan.Page.Count; i++)
            {
                order.Add(scan.Page.UnixSeconds[i], scan.Numbers[i]);
            }
        }

        var sorted = order.Sorted();
        return (sorted.Count, sorted);
    }

    private IEnumerable<Range> Pages(int bytes)
    {
        var pageBytes = MetastockPage.MaxRows * _layout.RowBytes;
        for (var at = 0; at < bytes; at += pageBytes)
        {
            yield return at..Math.Min(bytes, at + pageBytes);
        }
    }

    private ulong[] EveryKey(ReadOnlySpan<byte> file, int count)
    {
        var keys = new ulong[(count + RowsPerKey - 1) / RowsPerKey];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = KeyAt(file, i * RowsPerKey);
        }

        return keys;
    }

    private int Find(ReadOnlySpan<byte> file, ulong key)
    {
        if (key < _keys[0])
        {
            return -1;
        }

        // Both searches begin at something not later than the key and halve the rest until it is the last such one.
        var at = 0;
        for (var rest = _keys.Length; rest > 1;)
        {
            var half = rest / 2;
            at = _keys[at + half] <= key ? at + half : at;
            rest -= half;
        }

        var row = at * RowsPerKey;
        for (var rest = Math.Min(RowsPerKey, Count - row); rest > 1;)
        {
            var half = rest / 2;
            row = KeyAt(file, row + half) <= key ? row + half : row;
            rest -= half;
        }

        return row;
    }

    private long TimeAt(ReadOnlySpan<byte> file, int index) => new MetastockDecoder(_layout).TimeOf(Row(file, index));

    private bool Decode(ReadOnlySpan<byte> file, (int First, int Count, MetastockPage Page) wanted)
    {
        var (first, count, page) = wanted;
        var decoder = new MetastockDecoder(_layout);
        if (_order is null)
        {
            decoder.Decode(file[((first + 1) * _layout.RowBytes)..], count, page);
            return true;
        }

        Span<byte> rows = new byte[count * _layout.RowBytes];
        for (var i = 0; i < count; i++)
        {
            Row(file, first + i).CopyTo(rows[(i * _layout.RowBytes)..]);
        }

        decoder.Decode(rows, count, page);
        return true;
    }

    /// <summary>
    /// Date and time as they are stored, in one number: positive numbers of the format have the order of their bits.
    /// </summary>
    private ulong KeyAt(ReadOnlySpan<byte> file, int index)
    {
        var row = Row(file, index);
        ulong date = BinaryPrimitives.ReadUInt32LittleEndian(row);
        return (date << 32) | (_layout.Time > 0 ? BinaryPrimitives.ReadUInt32LittleEndian(row[(4 * _layout.Time)..]) : 0);
    }

    private ReadOnlySpan<byte> Row(ReadOnlySpan<byte> file, int index) =>
        file.Slice((_order is null ? index + 1 : _order[index]) * _layout.RowBytes, _layout.RowBytes);

    private ulong Key(long unixSeconds)
    {
        if (unixSeconds < Earliest)
        {
            return 0;
        }

        if (unixSeconds > Latest)
        {
            return ulong.MaxValue;
        }

        var (day, second) = Math.DivRem(unixSeconds - Earliest, 86_400);
        ulong date = MbfSingle.FromWhole((uint)MetastockDate.Stored(DateOnly.FromDayNumber((int)day + DayOfEarliest)));
        var time = (uint)((second / 3_600 * 10_000) + (second / 60 % 60 * 100) + (second % 60));
        return (date << 32) | (_layout.Time > 0 ? MbfSingle.FromWhole(time) : 0);
    }
}
