using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MaoTrade.Market.Csv;
using MaoTrade.Market.Frames;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Csv;

public sealed class CsvDialectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Each holds the same two days: 2004-03-29 and 2004-03-30.</summary>
    public static TheoryData<string> SameDays =>
    [
        "date;open;high;low;close;volume\n2004-03-29;10,25;12;9,5;11,75;163650\n2004-03-30;11,5;13;10,125;12;200000\n",
        "date\topen\thigh\tlow\tclose\tvolume\n2004-03-29\t10.25\t12\t9.5\t11.75\t163650\n2004-03-30\t11.5\t13\t10.125\t12\t200000\n",
        "Date|Open|High|Low|Close|Volume\n29.03.2004|10.25|12|9.5|11.75|163650\n30.03.2004|11.5|13|10.125|12|200000\n",
        "\"Date\",\"Open\",\"High\",\"Low\",\"Close\",\"Vol\"\n\"Mar 29, 2004\",\"10.25\",\"12.00\",\"9.50\",\"11.75\",\"163,650\"\n\"Mar 30, 2004\",\"11.50\",\"13.00\",\"10.125\",\"12.00\",\"200,000\"\n",
        "\"Date\",\"Open\",\"High\",\"Low\",\"Close\",\"Vol\"\n\"29/03/2004\",\"10,25\",\"12,00\",\"9,50\",\"11,75\",\"163.650\"\n\"30/03/2004\",\"11,50\",\"13,00\",\"10,125\",\"12,00\",\"200.000\"\n",
        "date,open,high,low,close,volume\n3/29/2004,10.25,12,9.5,11.75,163650\n3/30/2004,11.5,13,10.125,12,200000\n",
        "date,close,open,low,high,adj close,volume\n29-Mar-04,11.75,10.25,9.5,12,1,163650\n30-Mar-04,12,11.5,10.125,13,1,200000\n",
        "date,open,high,low,close,volume\n2004/03/29,10.25,12,9.5,11.75,163650\n2004/03/30,11.5,13,10.125,12,200000\n",
        "time,open,high,low,close,volume\n1080518400,10.25,12,9.5,11.75,163650\n1080604800,11.5,13,10.125,12,200000\n",
        "time,open,high,low,close,volume\n1080518400000,10.25,12,9.5,11.75,163650\n1080604800000,11.5,13,10.125,12,200000\n",
        "date,open,high,low,close,volume\n2004-03-30,11.5,13,10.125,12,200000\n2004-03-29,10.25,12,9.5,11.75,163650\n",
        "\n\ndate,open,high,low,close,volume\r\n\r\n2004-03-29,10.25,12,9.5,11.75,1.6365e5\r\n2004-03-30,11.5,13,10.125,12,200000",
        "<TICKER>,<DTYYYYMMDD>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\nABC,20040329,10.25,12,9.5,11.75,163650\nABC,20040330,11.5,13,10.125,12,200000\n",
        "<TICKER>,<PER>,<DTYYYYMMDD>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\nABC,D,20040329,10.25,12,9.5,11.75,163650\nABC,D,20040330,11.5,13,10.125,12,200000\n",
        "<TICKER>,<PER>,<DTYYYYMMDD>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nABC,D,20040329,000000,10.25,12,9.5,11.75,163650,0\nABC,D,20040330,000000,11.5,13,10.125,12,200000,0\n",
        "ABC,20040329,10.25,12,9.5,11.75,163650\nABC,20040330,11.5,13,10.125,12,200000\n",
        "ABC,D,20040329,10.25,12,9.5,11.75,163650\nABC,D,20040330,11.5,13,10.125,12,200000\n",
        "ABC,D,20040329,0000,10.25,12,9.5,11.75,163650,0\nABC,D,20040330,0000,11.5,13,10.125,12,200000,0\n",
        "20040329,10.25,12,9.5,11.75,163650\n20040330,11.5,13,10.125,12,200000\n",
    ];

    [Theory]
    [MemberData(nameof(SameDays))]
    public void The_same_days_are_read_from_every_form(string text) => Frames(CsvFrameReader.Read(new StringReader(text))).Should().Equal(
        new Frame(Unix(2004, 3, 29), 10.25m, 12, 9.5m, 11.75m, 163_650), new Frame(Unix(2004, 3, 30), 11.5m, 13, 10.125m, 12, 200_000));

    [Theory]
    [InlineData("20040329,930", "09:30:00")]
    [InlineData("20040329,0", "00:00:00")]
    [InlineData("20040329,93015", "09:30:15")]
    [InlineData("20040329,14:05", "14:05:00")]
    [InlineData("20040329,2:05:09 PM", "14:05:09")]
    [InlineData("29.03.2004,14:05:09", "14:05:09")]
    public void A_time_stands_in_a_column_of_its_own(string dateAndTime, string expected)
    {
        var row = CsvFrameReader.Read(new StringReader($"date,time,open,high,low,close\n{dateAndTime},1,1,1,1\n")).Single();

        row.Bar!.Value.Frame.UnixSeconds.Should().Be(Unix(2004, 3, 29) + (long)TimeSpan.Parse(expected, CultureInfo.InvariantCulture).TotalSeconds);
    }

    [Theory]
    [InlineData("29/03/2004 14:05")]
    [InlineData("2004-03-29 14:05")]
    [InlineData("2004-03-29T16:05:00+02:00")]
    [InlineData("03/29/2004 2:05 PM")]
    public void A_time_stands_behind_its_date(string text) =>
        CsvFrameReader.Read(new StringReader($"time;open;high;low;close\n{text};1;1;1;1\n")).Single().Bar!.Value.Frame.UnixSeconds
            .Should().Be(Unix(2004, 3, 29) + (14 * 3_600) + (5 * 60));

    [Fact]
    public void Whatever_a_file_looks_like_its_frames_are_those_that_were_written()
    {
        var drawn =
            from separator in Gen.Elements(',', ';', '\t', '|')
            from comma in Gen.Elements(true, false)
            from quotes in Gen.Elements(true, false)
            from form in Gen.Elements("yyyy-MM-dd", "yyyyMMdd", "dd/MM/yyyy", "MM/dd/yyyy", "d.M.yyyy", "dd-MMM-yy", "yyyy-MM-dd'T'HH:mm:ss'Z'")
            from encoding in Gen.Elements<Encoding>(new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, new UnicodeEncoding(false, false))
            from newestFirst in Gen.Elements(true, false)
            from days in Gen.Choose(32, 60)
            from digits in Gen.Choose(1, 9_999_999).ArrayOf(days)
            select (separator, comma, quotes: quotes || (comma && separator == ','), form, encoding, newestFirst, digits);
        Prop.ForAll(drawn.ToArbitrary(), file =>
        {
            var frames = file.digits.Select((price, i) =>
                new Frame(Unix(2003, 12, 15) + (i * 86_400L), price / 1_000m, (price + 500) / 1_000m, price / 2_000m, price / 1_000m, price)).ToList();
            string Text(decimal number) => Quoted(file.comma ? number.ToString(CultureInfo.InvariantCulture).Replace('.', ',') : number.ToString(CultureInfo.InvariantCulture));
            string Quoted(string text) => file.quotes ? $"\"{text}\"" : text;
            var lines = frames.Select(frame => string.Join(
                file.separator, Quoted(DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds).ToString(file.form, CultureInfo.InvariantCulture)), Text(frame.Open), Text(frame.High),
                Text(frame.Low), Text(frame.Close), Text(frame.Volume)));
            File.WriteAllText(
                _folder.File("prices.csv"),
                string.Join("\r\n", [.. new[] { string.Join(file.separator, "Date", "Open", "High", "Low", "Close", "Volume") }, .. file.newestFirst ? lines.Reverse() : lines]), file.encoding);

            Frames(CsvFrameReader.ReadFile(_folder.File("prices.csv"))).Should().Equal(frames);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Dates_that_fit_two_orders_are_read_in_the_one_in_which_time_goes_on()
    {
        // The first three days of the second month, or the second of the first three months.
        Frames(CsvFrameReader.Read(new StringReader("date,open,high,low,close\n01/02/2026,1,1,1,1\n02/02/2026,1,1,1,1\n03/02/2026,1,1,1,1\n")))
            .Select(frame => frame.UnixSeconds).Should().Equal(Unix(2026, 2, 1), Unix(2026, 2, 2), Unix(2026, 2, 3));
        Frames(CsvFrameReader.Read(new StringReader("date,open,high,low,close\n02/01/2026,1,1,1,1\n02/02/2026,1,1,1,1\n02/03/2026,1,1,1,1\n")))
            .Select(frame => frame.UnixSeconds).Should().Equal(Unix(2026, 2, 1), Unix(2026, 2, 2), Unix(2026, 2, 3));
    }

    [Fact]
    public void Dates_that_say_nothing_of_their_order_must_be_explained()
    {
        const string Text = "date,open,high,low,close\n01/02/2026,1,1,1,1\n";

        CsvFrameReader.Read(new StringReader(Text)).Should().Equal(
            new CsvRow(1, null, "the dates can be day/month as well as month/day: their order must be given"));
        Frames(CsvFrameReader.Read(new StringReader(Text), CsvDateOrder.DayMonthYear)).Single().UnixSeconds.Should().Be(Unix(2026, 2, 1));
        Frames(CsvFrameReader.Read(new StringReader(Text), CsvDateOrder.MonthDayYear)).Single().UnixSeconds.Should().Be(Unix(2026, 1, 2));
    }

    [Fact]
    public void Each_broken_line_is_named_by_line_and_column_and_the_others_are_read()
    {
        var rows = CsvFrameReader.Read(new StringReader(
            """
            ticker;date;time;open;high;low;close;volume
            ABC;29.03.2004;0900;10,25;12;9,5;11,75;100
            ABC;31.02.2004;1000;10,25;12;9,5;11,75;100
            ABC;29.03.2004;2500;10,25;12;9,5;11,75;100
            XYZ;29.03.2004;1000;10,25;12;9,5;11,75;100
            ABC;29.03.2004;1000;1.0,25;12;9,5;11,75;100
            ABC;29.03.2004;1000;10,25;12;9,5;11,75
            ABC;29.03.2004;1000;10,25;"12;9,5;11,75;100
            ABC;29.03.2004;1000;10,25;12;9,5;11,75;1.234,5
            """)).ToList();

        rows.Select(row => $"{row.Line} {row.Error}").Should().Equal(
            "2 ",
            "3 column 2 (date): '31.02.2004' is not a date in the order day, month, year",
            "4 column 3 (time): '2500' is not a time",
            "5 column 1 (ticker): 'XYZ' where the lines before have 'ABC'",
            "6 column 4 (open): '1.0,25' is not a positive number",
            "7 7 columns instead of 8",
            "8 the quote at character 27 is not closed",
            "9 ");
        rows[^1].Bar!.Value.Frame.Volume.Should().Be(1_234.5m);
    }

    [Fact]
    public void A_number_alone_can_be_thousands_or_decimals_and_the_separator_tells()
    {
        CsvRow Only(string text) => CsvFrameReader.Read(new StringReader(text)).Single();

        Only("date;open;high;low;close\n2026-01-01;1,234;1,234;1,234;1,234\n").Bar!.Value.Frame.Open.Should().Be(1.234m);
        Only("date,open,high,low,close\n2026-01-01,\"1,234\",\"1,234\",\"1,234\",\"1,234\"\n").Bar!.Value.Frame.Open.Should().Be(1_234);
    }

    [Fact]
    public void Any_bytes_are_rows_or_faults_and_never_an_exception()
    {
        var pieces = Gen.Elements(
            "date", "open", "high", "low", "close", ",", ";", "\t", "|", "\"", "\n", "\r\n", "2026-01-01", "29.03.2004", "1,5", "1.5", "1e400", "-", "NaN", "\0", "é", "20260101", "0930", "date,open,high,low,close\n", "1,1,1,1\n");
        Prop.ForAll(Gen.ListOf(pieces).ToArbitrary(), drawn =>
        {
            foreach (var row in CsvFrameReader.Read(new StringReader("date;open;high;low;close\n" + string.Concat(drawn))).Concat(CsvFrameReader.Read(new StringReader(string.Concat(drawn)))))
            {
                (row.Bar is null).Should().Be(row.Error is not null);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    public void Dispose() => _folder.Dispose();

    private static List<Frame> Frames(IEnumerable<CsvRow> rows) =>
        [.. rows.Select(row => row.Bar?.Frame ?? throw new InvalidOperationException($"line {row.Line}: {row.Error}"))];

    private static long Unix(int year, int month, int day) => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
}
