using MaoTrade.Market.Figures;

namespace MaoTrade.Tests.Market.Figures;

public sealed class EquityDayTests
{
    private static readonly DateOnly Day = new(2026, 1, 5);

    [Theory]
    [InlineData(new[] { 100 }, 100, 100, 100, 0)]
    [InlineData(new[] { 100, 80, 120, 90, 110 }, 120, 80, 110, 0.25)]
    [InlineData(new[] { 100, 70, 200, 190 }, 200, 70, 190, 0.3)]
    [InlineData(new[] { 100, 110, 120 }, 120, 100, 120, 0)]
    public void A_day_keeps_peak_low_last_and_its_largest_fall(int[] equity, int peak, int low, int last, double fall)
    {
        var day = equity.Aggregate((EquityDay?)null, (before, figure) => EquityDay.After(before, Day, figure))!;

        day.Should().Be(new EquityDay(Day, equity[0], peak, low, last, fall));
    }

    [Fact]
    public void A_later_day_begins_anew() =>
        EquityDay.After(new EquityDay(Day, 1, 2, 1, 2, 0.5), Day.AddDays(1), 7).Should().Be(new EquityDay(Day.AddDays(1), 7, 7, 7, 7, 0));
}
