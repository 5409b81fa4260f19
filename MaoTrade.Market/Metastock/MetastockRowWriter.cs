using System.Buffers.Binary;
using MaoTrade.Market.Frames;

namespace MaoTrade.Market.Metastock;

/// <summary>Writes the header and the rows of a data file.</summary>
internal static class MetastockRowWriter
{
    public static void Write(MetastockSeries series, Stream file)
    {
        var layout = MetastockLayout.Of(series.Instrument.Fields);
        Span<byte> row = stackalloc byte[layout.RowBytes];
        row.Clear();

        // The header counts as record 1.
        BinaryPrimitives.WriteUInt16LittleEndian(row[2..], (ushort)(series.Frames.Count + 1));
        file.Write(row);
        for (var i = 0; i < series.Frames.Count; i++)
        {
            Fill(row, layout, series.Frames[i], i < series.OpenInterest.Count ? series.OpenInterest[i] : 0);
            file.Write(row);
        }
    }

    private static void Fill(Span<byte> row, in MetastockLayout layout, Frame frame, decimal openInterest)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds).UtcDateTime;
        Put(row, 0, MbfSingle.FromWhole((uint)MetastockDate.Stored(DateOnly.FromDateTime(at))));
        Put(row, layout.Time, MbfSingle.FromWhole((uint)MetastockDate.Stored(TimeOnly.FromDateTime(at))));
        Put(row, layout.Open, MbfSingle.FromDecimal(frame.Open));
        Put(row, layout.High, MbfSingle.FromDecimal(frame.High));
        Put(row, layout.Low, MbfSingle.FromDecimal(frame.Low));
        Put(row, layout.Close, MbfSingle.FromDecimal(frame.Close));
        Put(row, layout.Volume, MbfSingle.FromDecimal(frame.Volume));
        Put(row, layout.OpenInterest, MbfSingle.FromDecimal(openInterest));
    }

    private static void Put(Span<byte> row, int column, uint stored)
    {
        if (column >= 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(row[(4 * column)..], stored);
        }
    }
}
