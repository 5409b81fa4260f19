using FsCheck;
using FsCheck.Fluent;
using MaoTrade.Market.Frames;
using MaoTrade.Market.Metastock;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Metastock;

public sealed class MetastockWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_written_is_read_again()
    {
        Prop.ForAll(MetastockSamples.Folders, written =>
        {
            MetastockWriter.Write(_folder.Path, written, columnFiles: true);

            var folder = MetastockFolder.Open(_folder.Path);
            folder.Faults.Should().BeEmpty();
            folder.Instruments.Select(entry => entry with { DataFile = null, ColumnFile = null, First = null, Last = null })
                .Should().Equal(written.Select(one => one.Instrument));
            foreach (var (entry, one) in folder.Instruments.Zip(written))
            {
                var read = MetastockFolder.Read(entry);
                read.Frames.Should().Equal(one.Frames);
                read.OpenInterest.Should().Equal(one.OpenInterest);
                read.Faults.Should().BeEmpty();
                (entry.First, entry.Last).Should().Be(one.Frames.Count == 0 ? (null, null) : (Date(one.Frames[0]), Date(one.Frames[^1])));
            }

            MetastockCheck.Run(_folder.Path).Faults.Where(fault => !fault.Message.Contains("index") && !fault.Message.Contains("symbol"))
                .Should().BeEmpty("data files of earlier folders are in no index, and symbols are few");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [ServerFact("python3")]
    public async Task Another_reader_finds_what_was_written()
    {
        var written = MetastockSamples.Folders.Generator.Sample(30, 8).SelectMany(all => all)
            .DistinctBy(one => one.Instrument.FileNumber).OrderBy(one => one.Instrument.FileNumber).ToList();
        MetastockWriter.Write(_folder.Path, written);

        var read = await PythonReader.ReadAsync(_folder.Path);

        written.Select(one => one.Instrument.Fields).Distinct().Should().HaveCount(6, "every kind of row is among them");
        read.Should().HaveCount(written.Count);
        foreach (var (theirs, ours) in read.Zip(written))
        {
            var entry = ours.Instrument;
            (theirs.Number, theirs.Symbol, theirs.Name, theirs.Period, theirs.Minutes).Should().Be(
                (entry.FileNumber, entry.Symbol, entry.Name, entry.Period.ToString(), entry.IntradayMinutes));
            theirs.Columns.Should().HaveCount(entry.RowBytes / 4);
            theirs.UnixSeconds().Should().Equal(ours.Frames.Select(frame => frame.UnixSeconds));
            theirs.Column("high").Should().Equal(ours.Frames.Select(frame => (double)(float)frame.High));
            theirs.Column("low").Should().Equal(ours.Frames.Select(frame => (double)(float)frame.Low));
            theirs.Column("close").Should().Equal(ours.Frames.Select(frame => (double)(float)frame.Close));
            Column(theirs, "open", ours, frame => (double)(float)frame.Open);
            Column(theirs, "volume", ours, frame => (double)frame.Volume);
            if (entry.Fields.HasFlag(MetastockFields.OpenInterest))
            {
                theirs.Column("interest").Should().Equal(ours.OpenInterest.Select(one => (double)one));
            }

            if (ours.Frames.Count > 0)
            {
                (theirs.First, theirs.Last).Should().Be(((int)theirs.Column("date")[0], (int)theirs.Column("date")[^1]));
            }
        }
    }

    [MarketDataFact]
    public void A_recorded_folder_written_again_has_the_bytes_of_its_vendor()
    {
        var recorded = MetastockFolder.Open(Path.Combine(Repository.MarketData!, "metastock"));
        MetastockWriter.Write(
            _folder.Path, recorded.Instruments.Where(entry => entry.DataFile is not null).Select(MetastockFolder.Read));

        var identical = 0;
        foreach (var entry in recorded.Instruments.Where(entry => entry.DataFile is not null))
        {
            var (ours, theirs) = (File.ReadAllBytes(_folder.File(entry.DataFileName)), File.ReadAllBytes(entry.DataFile!));
            identical += ours.AsSpan().SequenceEqual(theirs) ? 1 : 0;
            ours.AsSpan(0, 28).SequenceEqual(theirs.AsSpan(0, 28)).Should().BeTrue();
            ours[28..].Chunk(4).Select(bytes => MbfSingle.Read(bytes)).Should().Equal(
                theirs[28..].Chunk(4).Select(bytes => MbfSingle.Read(bytes)), (mine, yours) => Math.Abs(mine - yours) <= 5e-7 * yours);
        }

        identical.Should().Be(7, "the prices of one share were adjusted by its vendor and have more than 7 digits");

        // The vendor's indexes list more instruments, in another order; in EMASTER one has a dividend at 131.
        foreach (var (index, bytes, compared) in new[] { ("MASTER", 53, 53), ("EMASTER", 192, 131) })
        {
            var theirs = Records(Path.Combine(Repository.MarketData!, "metastock", index), bytes, compared);
            Records(_folder.File(index), bytes, compared).Should().HaveCount(8).And.BeSubsetOf(theirs);
        }
    }

    [Fact]
    public void What_the_format_cannot_hold_is_named_and_nothing_is_written()
    {
        MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(1, 3)]);
        var before = Snapshot();
        Frame good = new(0, 10, 12, 9, 11, 100);
        MetastockSeries[] bad =
        [
            MetastockSamples.Days(1, 2),
            MetastockSamples.Days(1, 2),
            MetastockSamples.Days(2, MetastockWriter.MaxRows + 1),
            new(MetastockSamples.Instrument(3, symbol: "FIFTEEN LETTERS"), [], []),
            new(MetastockSamples.Instrument(4, symbol: "東京"), [], []),
            new(MetastockSamples.Instrument(5, MetastockSamples.SevenIntraday), [], []),
            new(MetastockSamples.Instrument(0), [], []),
            new(MetastockSamples.Instrument(2_001), [], []),
            new(
                MetastockSamples.Instrument(6),
                [
                    good, good, good with { UnixSeconds = 86_401 }, good with { UnixSeconds = 2 * 86_400, Low = 0 },
                    good with { UnixSeconds = 3 * 86_400, High = 10 }, good with { UnixSeconds = 4 * 86_400, Volume = -1 },
                    good with { UnixSeconds = 51_000_000_000 },
                ],
                []),
        ];

        var refusal = FluentActions.Invoking(() => MetastockWriter.Write(_folder.Path, bad)).Should().Throw<MetastockWriteException>().Which;

        refusal.Faults.Select(fault => $"{fault.File} {fault.Row}: {fault.Message}").Should().Equal(
            "F1.DAT 0: the file number 1 is given twice",
            "F2.DAT 0: 65501 rows; the format holds 65500",
            "F3.DAT 0: the symbol 'FIFTEEN LETTERS' is longer than 14 bytes",
            "F4.DAT 0: the symbol '東京' begins or ends with a space or has characters windows-1252 does not have",
            "F4.DAT 0: the name '東京 and Company' begins or ends with a space or has characters windows-1252 does not have",
            "F5.DAT 0: the columns Date, High, Low, Close, Volume, Open, Time; with period D programs take 7 columns for Date, High, Low, Close, Volume, Open, OpenInterest",
            "F0.DAT 0: the file number 0; 1 to 2000 are expected",
            "F2001.MWD 0: the file number 2001; 1 to 2000 are expected",
            "F6.DAT 2: the time is not after that of the row before",
            "F6.DAT 3: the bar starts within a day and the file has no column for the time",
            "F6.DAT 4: a price is not positive or out of range",
            "F6.DAT 5: high and low do not enclose open and close",
            "F6.DAT 6: the volume is below 0 or out of range",
            "F6.DAT 7: the time 51000000000 is not between the years 1900 and 3577");
        Snapshot().Should().Equal(before);
    }

    [Fact]
    public void A_source_that_fails_in_the_middle_leaves_the_folder_as_it_was()
    {
        MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(1, 3)]);
        var before = Snapshot();

        FluentActions.Invoking(() => MetastockWriter.Write(_folder.Path, Failing())).Should().Throw<IOException>().WithMessage("the source failed");

        Snapshot().Should().Equal(before);

        static IEnumerable<MetastockSeries> Failing()
        {
            yield return MetastockSamples.Days(1, 4);
            throw new IOException("the source failed");
        }
    }

    [Fact]
    public void The_new_index_takes_the_place_of_all_three_old_ones()
    {
        MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(1, 3), MetastockSamples.Days(300, 3)]);
        File.Move(_folder.File("MASTER"), _folder.File("Master"));

        MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(7, 2)]);

        MetastockFolder.Open(_folder.Path).Instruments.Select(entry => entry.FileNumber).Should().Equal(7);
        Snapshot().Select(file => file.Name).Should().Equal("EMASTER", "F1.DAT", "F300.MWD", "F7.DAT", "MASTER");
    }

    [Fact]
    public void Two_writers_do_not_meet_in_a_folder()
    {
        FluentActions.Invoking(() => MetastockWriter.Write(_folder.Path, Nested())).Should().Throw<IOException>();

        IEnumerable<MetastockSeries> Nested()
        {
            yield return MetastockSamples.Days(1, 1);
            MetastockWriter.Write(_folder.Path, [MetastockSamples.Days(2, 1)]);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void Column(PythonInstrument theirs, string name, MetastockSeries ours, Func<Frame, double> value)
    {
        if (theirs.Columns.Contains(name))
        {
            theirs.Column(name).Should().Equal(ours.Frames.Select(value));
        }
    }

    private static DateOnly Date(Frame frame) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds).UtcDateTime);

    private static IEnumerable<string> Records(string file, int bytes, int compared) =>
        File.ReadAllBytes(file).Chunk(bytes).Skip(1).Select(record => Convert.ToHexString(record, 0, compared));

    private List<(string Name, string Content)> Snapshot() =>
        [.. Directory.EnumerateFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), Convert.ToHexString(File.ReadAllBytes(file))))];
}
