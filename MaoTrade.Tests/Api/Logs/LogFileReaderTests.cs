using System.Text;
using MaoApi.Logs;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Logs;

public sealed class LogFileReaderTests
{
    private const string Sample =
        "[2026-01-05 08:00:00,001] [INFO    ] [TradeManager] rid=r-1 ready\n"
        + "[2026-01-05 08:00:00,002] [ERROR   ] [Config] it broke\nSystem.Exception: why\n   at A\n   at B\n"
        + "[2026-01-05 08:00:00,003] [WARNING ] [Feed] last\r\n";

    private readonly LogFileReader _reader = new(new DailyLogLines("demo1", "maotrade-2026-01-05.log", "host1", new FakeClock()));

    [Fact]
    public void Lines_become_events_with_their_fields_and_stack_traces()
    {
        var (records, position) = ReadAll([Encoding.UTF8.GetBytes(Sample)]);

        records.Select(record => (record.LevelName, record.Module, record.Rid, record.Message, record.StackTrace)).Should().Equal(
            ("INFO", "TradeManager", "r-1", "ready", null),
            ("ERROR", "Config", null, "it broke", "System.Exception: why\n   at A\n   at B"),
            ("WARNING", "Feed", null, "last", null));
        records[0].Timestamp.Should().Be(new DateTimeOffset(2026, 1, 5, 8, 0, 0, 1, TimeSpan.Zero));
        records.Should().OnlyContain(record => record.App == "maotrade" && record.Account == "demo1" && record.FileLog == "maotrade-2026-01-05.log");
        position.Offset.Should().Be(Sample.Length);
    }

    [Fact]
    public void However_the_file_grew_the_events_are_the_same()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        var (whole, _) = ReadAll([bytes]);

        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var (records, position) = ReadAll([bytes[..cut], bytes[cut..]]);
            records.Should().Equal(whole, "cut at {0}", cut);
            position.Offset.Should().Be(bytes.Length);
        }
    }

    [Fact]
    public void The_last_event_waits_until_the_file_is_quiet()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);

        var first = _reader.Read(bytes, new LogPosition("f", 0, false), isQuiet: false);
        var second = _reader.Read(bytes.AsSpan((int)first.Offset), new LogPosition("f", first.Offset, false), isQuiet: true);

        first.Records.Should().HaveCount(2);
        second.Records.Should().ContainSingle().Which.Message.Should().Be("last");
    }

    [Fact]
    public void A_line_of_any_length_is_cut_and_what_follows_is_whole()
    {
        var text = $"[2026-01-05 08:00:00,001] [INFO    ] [A] {new string('x', 3_000_000)}\n[2026-01-05 08:00:00,002] [INFO    ] [A] next\n";
        var bytes = Encoding.UTF8.GetBytes(text);

        foreach (var window in new[] { bytes.Length, 1_000_000, 100_000 })
        {
            var (records, position) = ReadAll(bytes.Chunk(window));
            records.Should().HaveCount(2);
            records[0].Message.Length.Should().BeInRange(60_000, LogFileReader.MaxLineBytes);
            records[1].Message.Should().Be("next");
            position.Should().Be(new LogPosition("f", bytes.Length, false));
        }
    }

    [Theory]
    [InlineData("è")]
    [InlineData("€")]
    [InlineData("\ud83d\ude00")]
    public void A_long_line_is_cut_between_characters(string character)
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var text = $"[2026-01-05 08:00:00,001] [INFO    ] [A] {new string('x', shift)}{string.Concat(Enumerable.Repeat(character, 40_000))}\n";

            var (records, _) = ReadAll([Encoding.UTF8.GetBytes(text)]);

            var message = records.Should().ContainSingle().Subject.Message;
            text.Should().Contain(message);
            Encoding.UTF8.GetByteCount(message).Should().BeInRange(LogFileReader.MaxLineBytes - 60, LogFileReader.MaxLineBytes);
        }
    }

    [Fact]
    public void A_stack_trace_without_end_goes_on_in_further_events()
    {
        var text = "[2026-01-05 08:00:00,001] [ERROR   ] [A] deep\n" + string.Concat(Enumerable.Repeat("   at Somewhere.Deep()\n", 40_000));

        var (records, _) = ReadAll([Encoding.UTF8.GetBytes(text)]);

        records.Count.Should().BeInRange(3, 6);
        records.Sum(record => (record.StackTrace ?? "").Split('\n').Length).Should().BeInRange(39_990, 40_001);
        records.Should().OnlyContain(record => (record.StackTrace ?? "").Length <= LogFileReader.MaxEventBytes + LogFileReader.MaxLineBytes);
    }

    [Fact]
    public void Other_encodings_and_bytes_that_mean_nothing_are_read_as_well_as_can_be()
    {
        byte[] bytes =
        [
            0xEF, 0xBB, 0xBF, .. "[2026-01-05 08:00:00,001] [INFO    ] [A] first\n"u8,
            .. "[2026-01-05 08:00:00,002] [INFO    ] [A] caff"u8, 0xE8, (byte)'\n',
            .. "[2026-01-05 08:00:00,003] [INFO    ] [A] caff\u00e8 \u20ac\n"u8,
            0x00, 0xFF, 0xFE, (byte)'\n',
        ];

        var (records, _) = ReadAll([bytes]);

        records.Select(record => record.Message).Should().Equal("first", "caffè", "caffè €");
        records[2].StackTrace.Should().Be("\0ÿþ");
    }

    [Fact]
    public void Lines_that_follow_nothing_are_an_event_too()
    {
        var (records, _) = ReadAll(["half a line\n[2026-99-05 08:00:00,001] [INFO] [A] no date\n"u8.ToArray()]);

        var record = records.Should().ContainSingle().Subject;
        (record.Message, record.StackTrace).Should().Be(("half a line", "[2026-99-05 08:00:00,001] [INFO] [A] no date"));
    }

    /// <summary>Reads a file that grows piece by piece, as the follower does; at the end it is quiet.</summary>
    private (List<LogRecord> Records, LogPosition Position) ReadAll(IEnumerable<byte[]> pieces)
    {
        var records = new List<LogRecord>();
        var position = new LogPosition("f", 0, false);
        byte[] file = [];
        foreach (var piece in pieces)
        {
            file = [.. file, .. piece];
            Read(isQuiet: false);
        }

        Read(isQuiet: true);
        return (records, position);

        void Read(bool isQuiet)
        {
            var stretch = _reader.Read(file.AsSpan((int)position.Offset), position, isQuiet);
            records.AddRange(stretch.Records);
            position = new LogPosition("f", stretch.Offset, stretch.InLongLine);
        }
    }
}
