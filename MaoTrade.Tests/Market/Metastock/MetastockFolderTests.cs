using System.Buffers.Binary;
using System.Text;
using MaoTrade.Market.Metastock;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Metastock;

public sealed class MetastockFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maotrade-metastock-").FullName;

    [Theory]
    [InlineData("00000081", 1.0)]
    [InlineData("00000080", 0.5)]
    [InlineData("00002084", 10)]
    [InlineData("0000A082", -2.5)]
    [InlineData("F0FF7194", 991231)]
    [InlineData("702A7494", 1000103)]
    [InlineData("08F21995", 1261121)]
    [InlineData("00A43591", 93000)]
    [InlineData("66E67687", 123.44999694824219)]
    [InlineData("00000000", 0)]
    [InlineData("FFFFFF00", 0)]
    [InlineData("00000001", 2.938735877055719E-39)]
    [InlineData("00000002", 5.877471754111438E-39)]
    [InlineData("FFFF7FFF", 1.7014117331926443E+38)]
    public void Stored_numbers_are_read_exactly(string bytes, double value) =>
        MbfSingle.Read(Convert.FromHexString(bytes)).Should().Be(value);

    [Theory]
    [InlineData("66E67687", "123.45")]
    [InlineData("00000080", "0.5")]
    public void A_price_has_the_seven_digits_it_was_written_with(string bytes, string price)
    {
        MbfSingle.TryReadPrice(Convert.FromHexString(bytes), out var read).Should().BeTrue();
        read.Should().Be(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(991231, 1999, 12, 31)]
    [InlineData(1000103, 2000, 1, 3)]
    [InlineData(1261121, 2026, 11, 21)]
    [InlineData(1000229, 2000, 2, 29)]
    public void Dates_count_years_from_1900(double stored, int year, int month, int day)
    {
        MetastockDate.TryParse(stored, out var date).Should().BeTrue();
        date.Should().Be(new DateOnly(year, month, day));
    }

    [Theory]
    [InlineData(991301)]
    [InlineData(990230)]
    [InlineData(0)]
    [InlineData(-991231)]
    [InlineData(991231.5)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_date_is_refused(double stored) => MetastockDate.TryParse(stored, out _).Should().BeFalse();

    [Fact]
    public void Faulty_rows_are_named_and_the_others_are_sorted_and_read_once()
    {
        WriteMaster((1, 7, 'D', "AAA"));
        WriteData(
            "f1.dat", declaredRows: 9,
            [1040330, 10, 12, 9, 11, 100, 0], [1040329, 1, 2, 0.5, 1.5, 200, 0], [1041329, 1, 1, 1, 1, 1, 0], [1040330, 10, 12, 9, 11, 100, 0]);

        var folder = MetastockFolder.Open(_folder);
        var series = MetastockFolder.Read(folder.Instruments.Single());

        series.Frames.Select(frame => (frame.UnixSeconds, frame.Open, frame.High, frame.Low, frame.Close, frame.Volume)).Should().Equal(
            (Unix(2004, 3, 29), 1m, 2m, 0.5m, 1.5m, 200m), (Unix(2004, 3, 30), 10m, 12m, 9m, 11m, 100m));
        series.Faults.Should().BeEquivalentTo(
        [
            new MetastockFault("F1.DAT", 0, "the header says 9 rows, the file has 4"),
            new MetastockFault("F1.DAT", 3, "the date 1041329 is none"),
            new MetastockFault("F1.DAT", 2, "2004-03-29 is before 2004-03-30 of the row above: put in its place"),
            new MetastockFault("F1.DAT", 4, "2004-03-30 is already that of row 1: left out"),
        ]);
    }

    [Fact]
    public void Five_columns_have_no_open_and_seven_of_an_intraday_file_have_a_time()
    {
        WriteMaster((1, 5, 'D', "FIVE"), (2, 7, 'I', "MINUTE"));
        WriteData("F1.DAT", declaredRows: 1, [1040329, 12, 9, 11, 100]);
        WriteData("F2.DAT", declaredRows: 1, [1040329, 93000, 10, 12, 9, 11, 100]);

        var frames = MetastockFolder.Open(_folder).Instruments.Select(entry => MetastockFolder.Read(entry).Frames.Single()).ToList();

        frames[0].Should().Be(new MaoTrade.Market.Frames.Frame(Unix(2004, 3, 29), 11, 12, 9, 11, 100));
        frames[1].Should().Be(new MaoTrade.Market.Frames.Frame(Unix(2004, 3, 29) + (9 * 3_600) + 1_800, 10, 12, 9, 11, 100));
    }

    [Fact]
    public void A_missing_or_short_file_concerns_its_instrument_alone()
    {
        WriteMaster((1, 7, 'D', "GONE"), (2, 7, 'D', "SHORT"), (3, 7, 'D', "GOOD"));
        File.WriteAllBytes(Path.Combine(_folder, "F2.DAT"), [1, 2, 3]);
        WriteData("F3.DAT", declaredRows: 1, [1040329, 10, 12, 9, 11, 100, 0]);

        var folder = MetastockFolder.Open(_folder);

        folder.Faults.Should().Equal(new MetastockFault("F1.DAT", 0, "missing: GONE cannot be read"));
        folder.Instruments.Select(entry => MetastockFolder.Read(entry).Frames.Count).Should().Equal(0, 0, 1);
        MetastockFolder.Read(folder.Instruments[1]).Faults.Should().Equal(new MetastockFault("F2.DAT", 0, "shorter than its header"));
    }

    [Fact]
    public void Entries_beyond_255_come_from_the_extended_index()
    {
        var file = new byte[2 * 150];
        Convert.FromHexString("5DFE584D").CopyTo(file, 0);
        file[10] = 1;
        var record = file.AsSpan(150);
        Encoding.ASCII.GetBytes("BIG").CopyTo(record[1..]);
        Encoding.ASCII.GetBytes("Big Company").CopyTo(record[16..]);
        record[62] = (byte)'D';
        BinaryPrimitives.WriteUInt16LittleEndian(record[65..], 256);
        record[70] = 0x7F;
        BinaryPrimitives.WriteInt32LittleEndian(record[108..], 20040329);
        BinaryPrimitives.WriteInt32LittleEndian(record[116..], 20040330);
        File.WriteAllBytes(Path.Combine(_folder, "XMASTER"), file);
        WriteData("F256.MWD", declaredRows: 1, [1040329, 10, 12, 9, 11, 100, 0]);

        var entry = MetastockFolder.Open(_folder).Instruments.Single();

        entry.Should().BeEquivalentTo(new
        {
            FileNumber = 256,
            Symbol = "BIG",
            Name = "Big Company",
            First = new DateOnly(2004, 3, 29),
            Last = new DateOnly(2004, 3, 30),
            TimeFrameSeconds = 86_400,
        });
        MetastockFolder.Read(entry).Frames.Should().ContainSingle();
    }

    [Fact]
    public void Any_cut_of_the_files_is_read_without_an_exception()
    {
        WriteMaster((1, 7, 'D', "AAA"));
        WriteData("F1.DAT", declaredRows: 2, [1040329, 1, 2, 0.5, 1.5, 200, 0], [1040330, 10, 12, 9, 11, 100, 0]);
        var master = File.ReadAllBytes(Path.Combine(_folder, "MASTER"));
        var data = File.ReadAllBytes(Path.Combine(_folder, "F1.DAT"));
        for (var length = 0; length < data.Length; length++)
        {
            File.WriteAllBytes(Path.Combine(_folder, "F1.DAT"), data[..length]);
            var series = MetastockFolder.Read(MetastockFolder.Open(_folder).Instruments.Single());
            series.Frames.Count.Should().Be(Math.Max(0, (length / 28) - 1));
            series.Faults.Should().NotBeEmpty();
        }

        for (var length = 0; length < master.Length; length++)
        {
            File.WriteAllBytes(Path.Combine(_folder, "MASTER"), master[..length]);
            MetastockFolder.Open(_folder).Instruments.Should().BeEmpty();
        }
    }

    [MarketDataFact]
    public void Every_readable_instrument_of_the_recorded_folder_is_read_without_losing_a_row()
    {
        var folder = MetastockFolder.Open(Path.Combine(Repository.MarketData!, "metastock"));
        var readable = folder.Instruments.Where(entry => entry.DataFile is not null).ToList();

        folder.Instruments.Should().HaveCount(215);
        folder.Faults.Should().HaveCount(207).And.OnlyContain(fault => fault.Message.StartsWith("missing"));
        readable.Select(entry => entry.Symbol).Should().Equal("ALB", "ABC", "ALY", "AMX", "ACB", "ALK", "AWC", "AVB");
        readable.Single(entry => entry.Symbol == "ABC").Name.Should().Be("Adelaide Brighton", "the long name of EMASTER beats MASTER's");
        foreach (var entry in readable)
        {
            var series = MetastockFolder.Read(entry);
            series.Faults.Should().BeEmpty();
            series.Frames.Count.Should().Be((int)(new FileInfo(entry.DataFile!).Length / 28) - 1);
            (Date(series.Frames[0]), Date(series.Frames[^1])).Should().Be((entry.First, entry.Last));
        }

        MetastockFolder.Read(readable[0]).Frames[0].Should().Be(
            new MaoTrade.Market.Frames.Frame(Unix(2004, 3, 29), 0.58m, 0.59m, 0.57m, 0.57m, 163_650));
    }

    [MarketDataFact]
    public async Task Another_reader_finds_the_same_rows_in_the_recorded_folder()
    {
        var folder = Path.Combine(Repository.MarketData!, "metastock");
        var theirs = await PythonReader.ReadAsync(folder);
        var page = new MetastockPage();
        var ours = MetastockFolder.Open(folder).Instruments.Where(entry => entry.DataFile is not null).ToList();

        ours.Select(entry => (entry.FileNumber, entry.Symbol, entry.Period.ToString())).Should().Equal(theirs.Select(one => (one.Number, one.Symbol, one.Period)));
        foreach (var (entry, one) in ours.Zip(theirs))
        {
            var series = MetastockFolder.Read(entry);
            using var bars = MetastockBars.Open(entry);
            bars.Count.Should().Be(one.Rows.Length);
            series.Frames.Select(frame => frame.UnixSeconds).Should().Equal(one.UnixSeconds());
            series.OpenInterest.Select(value => (double)value).Should().Equal(one.Column("interest"));
            for (var first = 0; first < bars.Count; first += MetastockPage.MaxRows)
            {
                bars.Read(first, page);
                foreach (var (column, name) in new[] { (page.Open.ToArray(), "open"), (page.High.ToArray(), "high"), (page.Low.ToArray(), "low"), (page.Close.ToArray(), "close"), (page.Volume.ToArray(), "volume") })
                {
                    column.Should().Equal(one.Column(name).Skip(first).Take(MetastockPage.MaxRows));
                }
            }

            // Seven digits of what is stored.
            series.Frames.Select(frame => (double)frame.Close).Should().Equal(one.Column("close"), (mine, yours) => Math.Abs(mine - yours) <= 5e-7 * yours);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static DateOnly? Date(MaoTrade.Market.Frames.Frame frame) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds).UtcDateTime);

    private static long Unix(int year, int month, int day) => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    /// <summary>MBF of a value that a 24-bit mantissa holds exactly.</summary>
    private static uint Mbf(double value)
    {
        if (value == 0)
        {
            return 0;
        }

        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = ((bits >> 52) & 0x7FF) - 1023 + 129;
        return (uint)((exponent << 24) | ((bits >> 63) << 23) | ((bits >> 29) & 0x7F_FFFF));
    }

    private void WriteMaster(params (int Number, int Fields, char Period, string Symbol)[] entries)
    {
        var file = new byte[53 * (entries.Length + 1)];
        file[0] = (byte)entries.Length;
        for (var i = 0; i < entries.Length; i++)
        {
            var record = file.AsSpan(53 * (i + 1), 53);
            record[0] = (byte)entries[i].Number;
            record[1] = 101;
            record[3] = (byte)(4 * entries[i].Fields);
            record[4] = (byte)entries[i].Fields;
            record[33] = (byte)entries[i].Period;
            record[34] = 5;
            Encoding.ASCII.GetBytes(entries[i].Symbol.PadRight(14)).CopyTo(record[36..]);
        }

        File.WriteAllBytes(Path.Combine(_folder, "MASTER"), file);
    }

    private void WriteData(string name, int declaredRows, params double[][] rows)
    {
        var rowBytes = rows[0].Length * 4;
        var file = new byte[rowBytes * (rows.Length + 1)];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2), (ushort)(declaredRows + 1));
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan((rowBytes * (row + 1)) + (4 * column)), Mbf(rows[row][column]));
            }
        }

        File.WriteAllBytes(Path.Combine(_folder, name), file);
    }
}
