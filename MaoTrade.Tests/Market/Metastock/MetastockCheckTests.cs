using MaoTrade.Market.Metastock;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Metastock;

public sealed class MetastockCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_good_folder_has_no_faults()
    {
        MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(1, 5), Named(300, "BBB", 2_500)], columnFiles: true);
        var done = new List<int>();

        var report = MetastockCheck.Run(_folder.Path, progress: new Told(done));

        report.Should().BeEquivalentTo(new MetastockCheckReport(2, 2, 2_505, []));
        done.Should().Equal(1, 2);
    }

    [Fact]
    public void Each_fault_is_named_by_file_and_row()
    {
        MetastockWriter.Write(
            _folder.Path,
            [
                Named(1, "GOOD", 5), Named(2, "GOOD", 5), Named(3, "CUT", 5), Named(4, "DATES", 5), Named(5, "LYING", 5), Named(6, "GONE", 5),
                Named(7, "EMPTY", 5), Named(8, "ORDER", 5), Named(9, "WIDE", 30), Named(10, "TEXT", 3), Named(11, "PRICE", 4),
            ],
            columnFiles: true);
        Change("F3.DAT", bytes => bytes[..(28 * 4 + 10)]);
        Change("F4.DAT", bytes => [.. bytes[..28], .. MbfBytes(991301), .. bytes[32..]]);
        Change("F5.DAT", bytes => [0, 0, 0, 0, .. bytes[4..]]);
        File.Delete(_folder.File("F6.DAT"));
        Change("F7.DAT", _ => []);
        Change("F8.DAT", bytes => [.. bytes[..28], .. bytes[56..84], .. bytes[28..56], .. bytes[28..56], .. bytes[112..]]);
        Change("F9.DAT", bytes => [.. bytes.Chunk(28).SelectMany(row => row.Concat(new byte[4]))]);
        File.WriteAllText(_folder.File("F10.DOP"), "\"DATE\",0\r\nHIGH\r\n");
        Change("F11.DAT", bytes => [.. bytes[..(28 + 8)], .. MbfBytes(0), .. bytes[(28 + 12)..(56 + 12)], .. new byte[] { 0, 0, 0xA0, 0x82 }, .. bytes[(56 + 16)..]]);
        File.WriteAllBytes(_folder.File("F77.DAT"), []);
        Change("MASTER", bytes => [9, .. bytes[1..], 1, 2, 3]);

        var report = MetastockCheck.Run(_folder.Path);

        report.Faults.Where(fault => fault.File == "F9.DAT").Select(fault => fault.Row).Where(row => row > 0)
            .Should().Equal(Enumerable.Range(1, 30).Except([8, 16, 24]), "eight rows of 28 bytes are seven of 32");
        report.Faults.Where(fault => (fault.File, fault.Row) is not ("F9.DAT", > 0)).Select(fault => $"{fault.File} {fault.Row}: {fault.Message}").Should().Equal(
            "MASTER 0: declares 9 records and has 11",
            "MASTER 0: ends with 3 bytes of a record of 53",
            "F6.DAT 0: missing: GONE cannot be read",
            "F2.DAT 0: the symbol GOOD is also that of F1.DAT",
            "F77.DAT 0: is in no index",
            "F3.DAT 0: the header says 5 rows, the file has 3",
            "F3.DAT 0: ends with 10 bytes of a row of 28",
            "F3.DAT 0: the index says last date 1970-01-05, the rows have 1970-01-03",
            "F4.DAT 1: the date 991301 is none",
            "F4.DAT 0: the index says first date 1970-01-01, the rows have 1970-01-02",
            "F5.DAT 0: the header says -1 rows, the file has 5",
            "F7.DAT 0: shorter than its header",
            "F8.DAT 2: 1970-01-01 is before 1970-01-02 of the row above: put in its place",
            "F8.DAT 3: 1970-01-01 is already that of row 2: left out",
            "F9.DAT 0: 27 of 30 rows have no date; with 8 columns instead of 7 they would: the index may be wrong",
            "F9.DAT 0: the index says first date 1970-01-01, the rows have 1970-01-07",
            "F9.DAT 0: the index says last date 1970-01-30, the rows have 1970-01-21",
            "F10.DOP 2: not of the form \"NAME\",scale",
            "F10.DOP 0: names 1 columns, the index has DATE, OPEN, HIGH, LOW, CLOSE, VOL, OI",
            "F11.DAT 1: the high 0 is not a positive price in range",
            "F11.DAT 2: the low -2.5 is not a positive price in range",
            "F11.DAT 0: the index says first date 1970-01-01, the rows have 1970-01-03");
        report.Readable.Should().Be(9);
    }

    [Fact]
    public void A_file_of_faults_only_does_not_fill_the_memory_with_them()
    {
        MetastockWriter.Write(_folder.Path, [Named(1, "ZERO", 1)]);
        using (var file = new FileStream(_folder.File("F1.DAT"), FileMode.Open))
        {
            // A sparse file: one good row, then three million of zeros.
            file.SetLength(28L * 3_000_001);
            file.Write(new byte[28]);
        }

        var report = MetastockCheck.Run(_folder.Path);

        report.Faults.Should().HaveCount(1_001);
        report.Faults[0].Should().Be(new MetastockFault("F1.DAT", 0, "the header says -1 rows, the file has 3000000"));
        report.Faults[1].Message.Should().Be("only the first 2000000 of 3000000 rows are read");
        report.Faults[^1].Message.Should().Be("1999001 more faults are not listed");
    }

    [Fact]
    public void A_folder_without_index_says_so() => MetastockCheck.Run(_folder.Path).Faults.Should().Equal(
        new MetastockFault("MASTER", 0, "missing, and so are EMASTER and XMASTER: the folder has no index"));

    [MarketDataFact]
    public void The_recorded_folder_misses_files_and_has_no_other_fault()
    {
        var report = MetastockCheck.Run(Path.Combine(Repository.MarketData!, "metastock"));

        (report.Instruments, report.Readable, report.Rows).Should().Be((215, 8, 25_950));
        report.Faults.Should().HaveCount(207).And.OnlyContain(fault => fault.Row == 0 && fault.Message.StartsWith("missing"));
    }

    public void Dispose() => _folder.Dispose();

    private static MetastockSeries Named(int number, string symbol, int days) =>
        MetastockSamples.Days(number, days) with { Instrument = MetastockSamples.Instrument(number, symbol: symbol) };

    private static byte[] MbfBytes(uint number) => BitConverter.GetBytes(MbfSingle.FromWhole(number));

    private void Change(string name, Func<byte[], byte[]> change) => File.WriteAllBytes(_folder.File(name), change(File.ReadAllBytes(_folder.File(name))));

    private sealed class Told(List<int> done) : IProgress<int>
    {
        public void Report(int value) => done.Add(value);
    }
}
