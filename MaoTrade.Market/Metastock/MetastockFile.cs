using MaoTrade.Market.Frames;
using Microsoft.Win32.SafeHandles;

namespace MaoTrade.Market.Metastock;

/// <summary>Reads a data file from its beginning to its end, a page at a time.</summary>
internal static class MetastockFile
{
    public static MetastockSeries Read(MetastockInstrument instrument, SafeFileHandle file, MetastockFaults faults)
    {
        var layout = MetastockLayout.Of(instrument.Fields);
        var buffer = new byte[MetastockPage.MaxRows * layout.RowBytes];
        var header = buffer.AsSpan(0, ReadFully(file, buffer.AsSpan(0, layout.RowBytes), 0));
        var rows = MetastockHeader.Rows(header, RandomAccess.GetLength(file), layout.RowBytes, faults);
        var scan = new MetastockScan(layout, faults);
        var read = new Rows(layout.OpenInterest > 0);
        for (var done = 0; done < rows;)
        {
            var wanted = Math.Min(MetastockPage.MaxRows, rows - done) * layout.RowBytes;
            var got = ReadFully(file, buffer.AsSpan(0, wanted), (done + 1L) * layout.RowBytes);
            scan.Take(buffer.AsSpan(0, got - (got % layout.RowBytes)));
            read.Add(scan);
            if (got < wanted)
            {
                faults.Add(0, "became shorter while it was read");
                break;
            }

            done += wanted / layout.RowBytes;
        }

        scan.Finish();
        if (!scan.IsAscending)
        {
            read = read.Ordered(faults);
        }

        return new MetastockSeries(instrument, read.Frames, faults.ToList()) { OpenInterest = read.OpenInterest };
    }

    private static int ReadFully(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var got = 0;
        while (got < buffer.Length && RandomAccess.Read(file, buffer[got..], offset + got) is var read and > 0)
        {
            got += read;
        }

        return got;
    }

    /// <summary>What was read so far; it grows with the rows that are there, not with what a header says.</summary>
    private sealed class Rows(bool hasOpenInterest)
    {
        private readonly List<int> _numbers = [];

        public List<Frame> Frames { get; } = [];

        public List<decimal> OpenInterest { get; } = [];

        public void Add(MetastockScan scan)
        {
            for (var i = 0; i < scan.Page.Count; i++)
            {
                Frames.Add(scan.Page.FrameAt(i));
                _numbers.Add(scan.Numbers[i]);
                if (hasOpenInterest)
                {
                    OpenInterest.Add((decimal)scan.Page.OpenInterest[i]);
                }
            }
        }

        public Rows Ordered(MetastockFaults faults)
        {
            var order = new MetastockOrder(faults);
            for (var i = 0; i < Frames.Count; i++)
            {
                order.Add(Frames[i].UnixSeconds, _numbers[i]);
            }

            var ordered = new Rows(hasOpenInterest);
            foreach (var number in order.Sorted())
            {
                var at = _numbers.BinarySearch(number);
                ordered.Frames.Add(Frames[at]);
                if (hasOpenInterest)
                {
                    ordered.OpenInterest.Add(OpenInterest[at]);
                }
            }

            return ordered;
        }
    }
}
