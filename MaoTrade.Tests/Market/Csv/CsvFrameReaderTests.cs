using MaoTrade.Market.Csv;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Csv;

public sealed class CsvFrameReaderTests
{
    private const long NewYear = 1_767_225_600;

    public static TheoryData<string> GoodFiles =>
    [
        "date,open,high,low,close,volume\n2026-01-01,1,3,0.5,2,7\n",
        "time,open,high,low,close,volume\r\n2026-01-01T00:00:00Z,1,3,0.5,2,7\r\n",
        "Time,Open,High,Low,Close,Volume\n2026-01-01T01:00:00+01:00,1,3,0.5,2,7",
        "<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\n20260101,1,3,0.5,2,7\n",
        "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\nX,I,20260101,000000,1,3,0.5,2,7\n",
        "\uFEFFdate,close,low,high,open,volume\n2026-01-01,2,0.5,3,1,7\n\n",
    ];

    [Theory]
    [MemberData(nameof(GoodFiles))]
    public void The_same_frame_is_read_from_every_form(string text) =>
        Read(text).Should().Equal(new CsvRow(2, new QuotedFrame(new Frame(NewYear, 1, 3, 0.5m, 2, 7), null, null), null));

    [Fact]
    public void Both_sides_stay_and_the_frame_is_their_middle()
    {
        var row = Read(
            """
            time,bid_open,bid_high,bid_low,bid_close,ask_open,ask_high,ask_low,ask_close
            2026-01-01T00:00:00Z,1.31927,1.31955,1.3187,1.31935,1.32027,1.32055,1.3197,1.32035
            """).Single();

        row.Bar.Should().Be(new QuotedFrame(
            new Frame(NewYear, 1.31977m, 1.32005m, 1.3192m, 1.31985m, 0),
            new Quote(1.31927m, 1.31955m, 1.3187m, 1.31935m), new Quote(1.32027m, 1.32055m, 1.3197m, 1.32035m)));
    }

    [Theory]
    [InlineData("2026-13-01,1,3,0.5,2,7", "column 1 (date): '2026-13-01' is not a date in the order year, month, day")]
    [InlineData("01/02/2026,1,3,0.5,2,7", "column 1 (date): '01/02/2026' is not a date in the order year, month, day")]
    [InlineData("2026-01-02,1,3,0.5,2", "5 columns instead of 6")]
    [InlineData("2026-01-02,1,3,0.5,2,7,8", "7 columns instead of 6")]
    [InlineData("2026-01-02,1,3,0.5,2,x", "column 6 (volume): 'x' is not a number of 0 or more")]
    [InlineData("2026-01-02,1,3,,2,7", "column 4 (low): '' is not a positive number")]
    [InlineData("2026-01-02,1,1.5,0.5,2,7", "column 3 (high): the high is below the open or the close")]
    [InlineData("2026-01-02,1,3,1.5,2,7", "column 4 (low): the low is above the open or the close")]
    [InlineData("2026-01-02,1,3,0,2,7", "column 4 (low): '0' is not a positive number")]
    [InlineData("2026-01-02,1,3,0.5,-2,7", "column 5 (close): '-2' is not a positive number")]
    [InlineData("2026-01-02,1,3,0.5,2,-7", "column 6 (volume): '-7' is not a number of 0 or more")]
    [InlineData("2026-01-02,1,3,\"0.5,2,7", "the quote at character 16 is not closed")]
    [InlineData("2026-01-02,NaN,3,1,2,7", "column 2 (open): 'NaN' is not a positive number")]
    [InlineData("2025-12-31,1,3,0.5,2,7", "the time is not after the time of the line before")]
    public void A_faulty_line_is_named_and_does_not_stop_the_rest(string line, string error)
    {
        var rows = Read($"date,open,high,low,close,volume\n2026-01-01,1,3,0.5,2,7\n{line}\n2026-01-03,1,3,0.5,2,7\n");

        rows.Should().HaveCount(3);
        rows[1].Should().Be(new CsvRow(3, null, error));
        rows[2].Bar!.Value.Frame.UnixSeconds.Should().Be(NewYear + (2 * 86_400));
    }

    [Theory]
    [InlineData("open,high,low,close\n1,1,1,1\n", "the header names neither date nor time")]
    [InlineData("date,open,high,low\n2026-01-01,1,1,1\n", "the header must name open, high, low and close, or the four of bid_ and the four of ask_")]
    public void A_header_that_lacks_a_column_ends_the_reading(string text, string error) =>
        Read(text).Should().Equal(new CsvRow(1, null, error));

    [Fact]
    public void A_line_without_end_is_not_kept_in_memory()
    {
        var rows = Read("date,open,high,low,close\n" + new string('9', 1_000_000) + "\n2026-01-01,1,3,0.5,2\n");

        rows.Select(row => row.Error).Should().Equal("the line is too long", null);
    }

    [MarketDataFact]
    public void Recorded_hours_are_read_whole_and_add_up_to_the_recorded_days()
    {
        var hours = ReadFile("fx/eurusd-hour.csv");
        var days = ReadFile("fx/eurusd-day.csv");

        hours.Should().HaveCount(74_439).And.OnlyContain(row => row.Error == null);
        days.Should().HaveCount(3_738).And.OnlyContain(row => row.Error == null);
        // The days were made of both sides first, the middle was taken after that.
        var added = hours.Select(row => row.Bar!.Value)
            .GroupBy(bar => FrameAggregator.StartOf(bar.Frame.UnixSeconds, 86_400))
            .ToDictionary(day => day.Key, day => day.Aggregate(FrameAggregator.Merge));
        days.Select(row => row.Bar!.Value.Frame).Should().OnlyContain(day =>
            QuotedFrame.FromSides(day.UnixSeconds, added[day.UnixSeconds].Bid!.Value, added[day.UnixSeconds].Ask!.Value, 0).Frame == day);
    }

    private static List<CsvRow> Read(string text) => [.. CsvFrameReader.Read(new StringReader(text))];

    private static List<CsvRow> ReadFile(string path)
    {
        using var reader = new StreamReader(Path.Combine(Repository.MarketData!, path));
        return [.. CsvFrameReader.Read(reader)];
    }
}
