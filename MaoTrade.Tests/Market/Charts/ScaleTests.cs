using MaoTrade.Market.Charts.Scales;

namespace MaoTrade.Tests.Market.Charts;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(1.19, 1.25, 380, 0.005, "1.200")]
    [InlineData(99_900, 102_800, 190, 500, "100,000")]
    [InlineData(0, 7, 110, 2, "2")]
    [InlineData(-0.02, 0, 96, 0.005, "-0.010")]
    public void Ticks_are_round_numbers_with_the_decimals_they_need(double low, double high, int height, double step, string text)
    {
        var scale = new ValueScale(low, high, 0, height);

        scale.Step.Should().BeApproximately(step, step * 1e-9);
        scale.Ticks().Select(scale.Text).Should().Contain(text).And.OnlyHaveUniqueItems();
        scale.Ticks().Should().OnlyContain(tick => Math.Abs(Math.Round(tick / step) - (tick / step)) < 1e-6);
    }

    [Theory]
    [InlineData(0, 0.000_003_4, "0.0003 %")]
    [InlineData(0, 0, "0.0 %")]
    [InlineData(-0.25, 0, "-10 %")]
    public void Ratios_are_told_as_per_cent_that_differ_from_tick_to_tick(double low, double high, string text)
    {
        var scale = new ValueScale(low, high, 0, 96);

        scale.Ticks().Select(scale.Percent).Should().Contain(text).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void What_begins_at_zero_stands_on_the_ground()
    {
        new ValueScale(0, 10, 0, 100).Y(0).Should().Be(100);
        new ValueScale(-10, 0, 0, 100).Y(0).Should().Be(0);
    }

    [Theory]
    [InlineData(60, 1_100, "1 Jan 02:00", "04:00")]
    [InlineData(3_600, 240, "2 Jan 2026", "3 Jan")]
    [InlineData(86_400, 260, "Feb 2026", "Mar")]
    [InlineData(86_400, 4_000, "2027", "2028")]
    public void Times_are_told_where_an_hour_a_day_a_month_or_a_year_begins(int seconds, int bars, string first, string second)
    {
        var axis = new BarAxis([.. Enumerable.Range(0, bars).Select(i => 1_767_225_600 + ((long)i * seconds))], 0, 1_076);

        var ticks = axis.Ticks(86);

        ticks.Select(tick => tick.Text).Take(2).Should().Equal(first, second);
        ticks.Should().HaveCountLessThanOrEqualTo(12);
        ticks.Zip(ticks.Skip(1)).Should().OnlyContain(pair => axis.X(pair.Second.Bar) - axis.X(pair.First.Bar) > 50);
    }

    [Fact]
    public void Nights_without_bars_take_no_room_and_a_moment_finds_its_bar()
    {
        var axis = new BarAxis([0, 3_600, 7_200, 900_000], 0, 400);

        (axis.X(2), axis.X(3)).Should().Be((250, 350));
        new long[] { -5, 0, 3_599, 7_200, 899_999, 900_000, long.MaxValue }.Select(axis.At).Should().Equal(0, 0, 0, 2, 2, 3, 3);
    }
}
