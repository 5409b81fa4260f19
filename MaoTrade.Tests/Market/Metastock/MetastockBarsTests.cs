using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using MaoTrade.Market.Metastock;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Metastock;

public sealed class MetastockBarsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Every_time_finds_the_last_bar_that_is_not_later()
    {
        Prop.ForAll(MetastockSamples.Folders, written =>
        {
            MetastockWriter.Write(_folder.Path, written);
            foreach (var entry in MetastockFolder.Open(_folder.Path).Instruments)
            {
                using var bars = MetastockBars.Open(entry);
                var times = MetastockFolder.Read(entry).Frames.Select(frame => frame.UnixSeconds).ToList();
                bars.Count.Should().Be(times.Count);
                foreach (var time in times.SelectMany(time => new[] { time - 1, time, time + 1 }).Append(long.MinValue).Append(long.MaxValue))
                {
                    bars.IndexAtOrBefore(time).Should().Be(times.FindLastIndex(one => one <= time));
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    [Fact]
    public void Pages_hold_the_rows_that_are_asked_for()
    {
        MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(1, 5_003)]);
        var entry = MetastockFolder.Open(_folder.Path).Instruments.Single();
        var frames = MetastockFolder.Read(entry).Frames;
        using var bars = MetastockBars.Open(entry);
        var page = new MetastockPage();

        foreach (var (first, most, expected) in new[] { (0, 2_000, 2_000), (1_999, 5_000, 2_000), (4_000, 2_000, 1_003), (5_000, 2, 2), (5_002, 9, 1), (5_003, 9, 0), (9_999, 9, 0), (7, 0, 0) })
        {
            bars.Read(first, page, most);
            Enumerable.Range(0, page.Count).Select(page.FrameAt).Should().Equal(frames.Skip(first).Take(expected));
        }

        bars.IndexAtOrBefore(frames[4_321].UnixSeconds + 5).Should().Be(4_321);
        bars.UnixSecondsAt(4_321).Should().Be(frames[4_321].UnixSeconds);
    }

    [Fact]
    public void Whatever_the_bytes_are_both_ways_of_reading_find_the_same_rows_as_one_row_at_a_time()
    {
        var kinds = Gen.Elements(MetastockSamples.Four, MetastockSamples.Five, MetastockSamples.Six, MetastockSamples.SevenDaily, MetastockSamples.Eight);
        var seeds = Gen.Choose(0, int.MaxValue);
        Prop.ForAll(kinds.Zip(seeds).ToArbitrary(), drawn =>
        {
            var (fields, seed) = drawn;
            var file = Damaged(fields, new Random(seed));
            File.WriteAllBytes(_folder.File("F1.DAT"), file);
            var entry = MetastockSamples.Instrument(1, fields) with { DataFile = _folder.File("F1.DAT") };
            var (expected, faultyRows) = OneByOne(file, MetastockLayout.Of(fields));

            var series = MetastockFolder.Read(entry);
            using var bars = MetastockBars.Open(entry);
            var page = new MetastockPage();
            bars.Read(0, page);

            series.Frames.Select(frame => frame.UnixSeconds).Should().Equal(expected.Keys);
            series.Frames.Select(frame => (float)frame.Close).Should().Equal(expected.Values.Select(close => (float)close), (ours, theirs) => Math.Abs(ours - theirs) <= 1e-6 * theirs);
            page.UnixSeconds.ToArray().Should().Equal(expected.Keys);
            page.Close.ToArray().Should().Equal(expected.Values);
            series.Faults.Should().Equal(bars.Faults);
            faultyRows.Should().BeSubsetOf(series.Faults.Select(fault => fault.Row));
            foreach (var time in expected.Keys)
            {
                bars.UnixSecondsAt(bars.IndexAtOrBefore(time)).Should().Be(time);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void A_single_bad_number_among_good_rows_is_found_in_whichever_row_and_column_it_stands()
    {
        const int Rows = 2_007;
        MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(1, Rows)]);
        var entry = MetastockFolder.Open(_folder.Path).Instruments.Single();
        var file = File.ReadAllBytes(entry.DataFile!);
        string[] negative = ["the date -1 is none", "the open -1 *", "the high -1 *", "the low -1 *", "the close -1 *", "the volume -1 *", "the open interest -1 *"];
        foreach (var row in new[] { 1, 2, 3, 4, 1_999, 2_000, 2_001, 2_005, 2_007 })
        {
            for (var column = 0; column < 7; column++)
            {
                foreach (var (stored, message) in new[] { (0x8180_0000u, negative[column]), (0xFF00_0000u, "*8.507059E+37*") })
                {
                    var damaged = file.ToArray();
                    BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan((28 * row) + (4 * column)), stored);
                    File.WriteAllBytes(entry.DataFile!, damaged);
                    using var bars = MetastockBars.Open(entry);

                    bars.Count.Should().Be(Rows - 1);
                    bars.Faults.Should().ContainSingle().Which.Row.Should().Be(row);
                    bars.Faults[0].Message.Should().Match(column == 0 ? "the date *" : message);
                    bars.IndexAtOrBefore((row - 1) * 86_400L).Should().Be(row - 2);
                }
            }
        }
    }

    [Fact]
    public void More_rows_than_a_header_can_count_are_read_by_the_size_of_the_file()
    {
        var entry = MetastockSamples.Instrument(1, MetastockSamples.Four) with { DataFile = _folder.File("F1.DAT") };
        using (var file = File.Create(entry.DataFile!))
        {
            var row = new byte[16];
            file.Write(row);
            var date = new DateOnly(1900, 1, 1);
            for (var i = 0; i < 600_000; i++, date = date.AddDays(1))
            {
                uint[] numbers = [MbfSingle.FromWhole((uint)MetastockDate.Stored(date)), MbfSingle.FromWhole(3), MbfSingle.FromWhole(1), MbfSingle.FromWhole(2)];
                Buffer.BlockCopy(numbers, 0, row, 0, 16);
                file.Write(row);
            }
        }

        using var bars = MetastockBars.Open(entry);

        bars.Count.Should().Be(600_000);
        bars.Faults.Should().Equal(new MetastockFault("F1.DAT", 0, "the header says -1 rows, the file has 600000"));
        for (var i = 0; i < 600_000; i += 997)
        {
            bars.IndexAtOrBefore(new DateTimeOffset(1900, 1, 1, 12, 0, 0, TimeSpan.Zero).AddDays(i).ToUnixTimeSeconds()).Should().Be(i);
        }
    }

    [Fact]
    public void A_closed_file_is_no_longer_read()
    {
        MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(1, 3)]);
        var bars = MetastockBars.Open(MetastockFolder.Open(_folder.Path).Instruments.Single());
        bars.Dispose();

        FluentActions.Invoking(() => bars.IndexAtOrBefore(0)).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => bars.Read(0, new MetastockPage())).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_file_has_no_rows()
    {
        Directory.CreateDirectory(_folder.File("F2.DAT"));
        var missing = MetastockSamples.Instrument(1);
        var folder = MetastockSamples.Instrument(2) with { DataFile = _folder.File("F2.DAT") };

        foreach (var entry in new[] { missing, folder })
        {
            using var bars = MetastockBars.Open(entry);
            bars.Count.Should().Be(0);
            bars.IndexAtOrBefore(0).Should().Be(-1);
            bars.Faults.Should().ContainSingle().And.Equal(MetastockFolder.Read(entry).Faults);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Good rows, then some bytes of them changed, some rows exchanged, some repeated, and a header that may lie.</summary>
    private static byte[] Damaged(MetastockFields fields, Random random)
    {
        var layout = MetastockLayout.Of(fields);
        var rows = random.Next(40);
        var file = new byte[(layout.RowBytes * (rows + 1)) + (random.Next(3) == 0 ? random.Next(layout.RowBytes) : 0)];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2), (ushort)(random.Next(3) == 0 ? random.Next(65_536) : rows + 1));
        for (var i = 1; i <= rows; i++)
        {
            var row = file.AsSpan(layout.RowBytes * i, layout.RowBytes);
            var numbers = new double[8];
            Array.Fill(numbers, 10 + random.Next(3));
            for (var column = 1; column < layout.Columns; column++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(row[(4 * column)..], MbfSingle.FromDecimal(column == layout.High ? 20 : column == layout.Low ? 5 : (decimal)numbers[column]));
            }

            var date = new DateOnly(1999, 12, 1).AddDays(random.Next(4) == 0 ? random.Next(40) : i);
            BinaryPrimitives.WriteUInt32LittleEndian(row, MbfSingle.FromWhole((uint)MetastockDate.Stored(date)));
            if (random.Next(4) == 0)
            {
                row[random.Next(row.Length)] ^= (byte)(1 << random.Next(8));
            }
        }

        return file;
    }

    /// <summary>The rules again, without pages, vectors or maps.</summary>
    private static (SortedDictionary<long, double> Rows, List<int> FaultyRows) OneByOne(byte[] file, MetastockLayout layout)
    {
        var found = new SortedDictionary<long, double>();
        var faulty = new List<int>();
        var present = (file.Length / layout.RowBytes) - 1;
        var declared = BitConverter.ToUInt16(file, 2) - 1;
        for (var i = 1; i <= (declared >= 0 && declared <= present ? declared : present); i++)
        {
            var numbers = file.AsSpan(layout.RowBytes * i, layout.RowBytes).ToArray().Chunk(4).Select(bytes => MbfSingle.Read(bytes)).ToArray();
            var (high, low, close) = (numbers[layout.High], numbers[layout.Low], numbers[layout.Close]);
            var open = layout.Open < 0 ? close : numbers[layout.Open];
            var time = TimeOnly.MinValue;
            if (!MetastockDate.TryParse(numbers[0], out var date)
                || (layout.Time > 0 && !MetastockDate.TryParseTime(numbers[layout.Time], out time))
                || !(low >= 1e-20) || !(high <= 1e24) || open < low || open > high || close < low || close > high
                || (layout.Volume > 0 && numbers[layout.Volume] is not (>= 0 and <= 1e24))
                || (layout.OpenInterest > 0 && numbers[layout.OpenInterest] is not (>= 0 and <= 1e24))
                || !found.TryAdd(new DateTimeOffset(date, time, TimeSpan.Zero).ToUnixTimeSeconds(), close))
            {
                faulty.Add(i);
            }
        }

        return (found, faulty);
    }
}
