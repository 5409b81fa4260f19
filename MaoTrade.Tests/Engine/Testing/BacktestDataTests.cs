using MaoTrade.Engine.Testing.Data;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Testing;

public sealed class BacktestDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _faults = [];
    private readonly List<string> _notes = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Factors_of_the_first_row_on_or_after_a_bar_take_the_split_out()
    {
        var source = Prices("2020-01-01,100,110,90,104,1000", "2020-01-02,100,110,90,104,1000", "2020-01-03,50,55,45,52,2000") with
        {
            Adjust = Write("factors.csv", "date,price_factor,split_factor", "2020-01-01,0.9,0.5", "2020-01-02,1,0.5"),
        };

        var bars = BacktestData.Read(source, _faults, _notes)!;

        bars.Frames.Select(f => (f.Open, f.Close, f.Volume)).Should().Equal((45, 46.8m, 2000), (50, 52, 2000), (50, 52, 2000));
    }

    [Fact]
    public void Faulty_lines_are_told_with_their_number_and_do_not_stop_the_rest()
    {
        var source = Prices("2020-01-01,100,110,90,104,0", "2020-01-02,100,x,90,104,1", "2020-01-06,101,111,91,105,");

        var bars = BacktestData.Read(source, _faults, _notes);

        bars!.Frames.Should().ContainSingle().Which.Volume.Should().Be(0);
        _notes.Should().Equal(
            "prices.csv line 3: column 3 (high): 'x' is not a positive number", "prices.csv line 4: column 6 (volume): '' is not a number of 0 or more");
    }

    [Fact]
    public void A_period_is_cut_out_and_an_empty_one_is_a_fault()
    {
        var source = Prices("2020-01-01,1,1,1,1,0", "2020-01-02,2,2,2,2,0", "2020-01-03,3,3,3,3,0");
        var second = new DateTimeOffset(2020, 1, 2, 0, 0, 0, TimeSpan.Zero);

        BacktestData.Read(source with { From = second, To = second.AddDays(1) }, _faults, _notes)!.Frames.Single().Open.Should().Be(2);
        BacktestData.Read(source with { From = second.AddYears(1) }, _faults, _notes).Should().BeNull();

        _faults.Should().Equal("from, to: no bar lies between them; the data has 3 from 2020-01-01 to 2020-01-03");
    }

    [Fact]
    public void Bars_are_put_together_to_a_longer_time_frame()
    {
        var source = Prices("2020-01-01T00:00:00Z,1,5,1,2,1", "2020-01-01T01:00:00Z,2,3,0.5,3,2", "2020-01-01T02:00:00Z,3,4,3,4,3");

        var bars = BacktestData.Read(source with { TimeFrameSeconds = 7_200 }, _faults, _notes)!;

        bars.Frames.Select(f => (f.Open, f.High, f.Low, f.Close, f.Volume)).Should().Equal((1, 5, 0.5m, 3, 3), (3, 4, 3, 4, 3));
        BacktestData.Read(source with { TimeFrameSeconds = 5_000 }, _faults, _notes).Should().BeNull();
        _faults.Should().Equal("time-frame: a multiple of the data's 3600 s is expected, not 5000");
    }

    [Fact]
    public void A_factor_file_with_a_faulty_line_is_refused()
    {
        var source = Prices("2020-01-01,1,1,1,1,0") with { Adjust = Write("factors.csv", "2020-01-05,1,1", "2020-01-04,1,1", "2020-01-06,0,1") };

        BacktestData.Read(source, _faults, _notes).Should().BeNull();

        _faults.Should().Equal(
            "factors.csv line 2: the date is not after the date of the line before",
            "factors.csv line 3: date,price_factor,split_factor is expected, the factors above 0");
    }

    private BacktestSource Prices(params string[] rows) =>
        new(Write("prices.csv", ["date,open,high,low,close,volume", .. rows])) { Epic = "TEST" };

    private string Write(string name, params string[] lines)
    {
        var file = _folder.File(name);
        File.WriteAllLines(file, lines);
        return file;
    }
}
