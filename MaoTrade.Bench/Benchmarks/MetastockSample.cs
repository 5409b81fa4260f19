using System.Buffers.Binary;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Metastock;

namespace MaoTrade.Bench.Benchmarks;

/// <summary>Files to measure on: as many days as an instrument may have, and a million minutes.</summary>
internal sealed class MetastockSample
{
    public const int Days = MetastockWriter.MaxRows;
    public const int Minutes = 1_000_000;

    private const MetastockFields Six = MetastockFields.Date | MetastockFields.Open | MetastockFields.High | MetastockFields.Low
        | MetastockFields.Close | MetastockFields.Volume;

    private static readonly DateTimeOffset Start = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public MetastockSample(string folder)
    {
        var daily = new MetastockInstrument(1, "DAYS", "Days", 'D', 0, Six | MetastockFields.OpenInterest, null, null, null);
        MetastockWriter.Write(folder, [new MetastockSeries(daily, [.. Enumerable.Range(0, Days).Select(Day)], [])]);
        Daily = MetastockFolder.Open(folder).Instruments.Single();
        Intraday = new MetastockInstrument(2, "MINUTES", "Minutes", 'I', 1, Six | MetastockFields.Time, null, null, Path.Combine(folder, "F2.DAT"));
        WriteMinutes(Intraday.DataFile!);
    }

    public MetastockInstrument Daily { get; }

    public MetastockInstrument Intraday { get; }

    public static DateOnly FirstDay => DateOnly.FromDateTime(Start.Date);

    public static DateOnly LastDay => FirstDay.AddDays(Days - 1);

    public static long DayAt(int number) => Start.AddDays(number).ToUnixTimeSeconds();

    public static long MinuteAt(int number) => Start.AddMinutes(number).ToUnixTimeSeconds();

    private static Frame Day(int number)
    {
        var price = 100 + (number * 7919 % 1000 / 100m);
        return new Frame(DayAt(number), price, price + 0.25m, price - 0.31m, price + 0.04m, 1_000 + (number % 5_000));
    }

    /// <summary>More rows than the header can count: it says 0, and the size of the file counts.</summary>
    private static void WriteMinutes(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024);
        Span<byte> row = stackalloc byte[28];
        row.Clear();
        file.Write(row);
        for (var i = 0; i < Minutes; i++)
        {
            var at = Start.AddMinutes(i).UtcDateTime;
            ReadOnlySpan<uint> numbers =
            [
                MbfSingle.FromWhole((uint)MetastockDate.Stored(DateOnly.FromDateTime(at))), MbfSingle.FromWhole((uint)MetastockDate.Stored(TimeOnly.FromDateTime(at))),
                MbfSingle.FromWhole(101), MbfSingle.FromWhole(103), MbfSingle.FromWhole(99), MbfSingle.FromWhole(102), MbfSingle.FromWhole((uint)i),
            ];
            for (var column = 0; column < numbers.Length; column++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(row[(4 * column)..], numbers[column]);
            }

            file.Write(row);
        }
    }
}
