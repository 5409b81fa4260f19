using System.Buffers;
using System.Buffers.Text;
using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>Bars as JSON, ready to be sent: one list of rows, or one of each column, of which any stretch can be taken.</summary>
internal sealed class BarText
{
    /// <summary>What a list may hold for each bar beside its text.</summary>
    private const int EndSizeBytes = sizeof(int);
    private const int UsualRowSizeBytes = 100;
    private const int MostNumberSizeBytes = 40;

    private readonly long[] _starts;
    private readonly (byte[] Text, int[] Ends)[] _lists;

    private BarText(long[] starts, (byte[] Text, int[] Ends)[] lists) => (_starts, _lists) = (starts, lists);

    /// <summary>Names of the columns, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["frame", "open", "high", "low", "close", "volume"];

    public int Count => _starts.Length;

    /// <summary>About the memory it takes.</summary>
    public long SizeBytes => (_starts.Length * sizeof(long)) + _lists.Sum(list => list.Text.Length + ((long)list.Ends.Length * EndSizeBytes));

    public static BarText Of(IReadOnlyList<Frame> bars, BarShape shape) => new(
        [.. bars.Select(bar => bar.UnixSeconds)],
        shape == BarShape.Rows ? [Write(bars, WriteRow)] : [.. Enumerable.Range(0, Names.Count).Select(column => Write(bars, (text, bar) => WriteValue(text, bar, column)))]);

    /// <summary>How many bars begin then or before.</summary>
    public int CountTo(long unixSeconds)
    {
        var at = Array.BinarySearch(_starts, unixSeconds);
        return at >= 0 ? at + 1 : ~at;
    }

    /// <summary>A stretch of a list, with commas between its items and none around them.</summary>
    /// <param name="list">0 for rows, else the column.</param>
    /// <param name="begin">First bar.</param>
    /// <param name="end">The bar after the last one.</param>
    public ReadOnlyMemory<byte> Slice(int list, int begin, int end)
    {
        var (text, ends) = _lists[list];
        var first = begin == 0 ? 0 : ends[begin - 1];
        return begin == end ? default : text.AsMemory(first, ends[end - 1] - 1 - first);
    }

    private static (byte[] Text, int[] Ends) Write(IReadOnlyList<Frame> bars, Action<ArrayBufferWriter<byte>, Frame> write)
    {
        var text = new ArrayBufferWriter<byte>(Math.Max(1, bars.Count * UsualRowSizeBytes));
        var ends = new int[bars.Count];
        for (var i = 0; i < ends.Length; i++)
        {
            write(text, bars[i]);
            text.Write(","u8);
            ends[i] = text.WrittenCount;
        }

        return (text.WrittenSpan.ToArray(), ends);
    }

    private static void WriteRow(ArrayBufferWriter<byte> text, Frame bar)
    {
        text.Write("{\"frame\":"u8);
        Write(text, bar.UnixSeconds);
        text.Write(",\"open\":"u8);
        Write(text, bar.Open);
        text.Write(",\"high\":"u8);
        Write(text, bar.High);
        text.Write(",\"low\":"u8);
        Write(text, bar.Low);
        text.Write(",\"close\":"u8);
        Write(text, bar.Close);
        text.Write(",\"volume\":"u8);
        Write(text, bar.Volume);
        text.Write("}"u8);
    }

    private static void WriteValue(ArrayBufferWriter<byte> text, Frame bar, int column)
    {
        if (column == 0)
        {
            Write(text, bar.UnixSeconds);
            return;
        }

        Write(text, column switch { 1 => bar.Open, 2 => bar.High, 3 => bar.Low, 4 => bar.Close, _ => bar.Volume });
    }

    private static void Write(ArrayBufferWriter<byte> text, long value)
    {
        Utf8Formatter.TryFormat(value, text.GetSpan(MostNumberSizeBytes), out var written);
        text.Advance(written);
    }

    private static void Write(ArrayBufferWriter<byte> text, decimal value)
    {
        Utf8Formatter.TryFormat(value, text.GetSpan(MostNumberSizeBytes), out var written);
        text.Advance(written);
    }
}
