using MaoTrade.Market.Indicators;

namespace MaoTrade.Tests.Market.Indicators;

public sealed class WindowExtremeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(50)]
    public void The_extremes_are_those_of_the_window_worked_out_anew(int period)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 2_000).Select(_ => (double)random.Next(40)).ToArray();
        var highest = new Highest(period);
        var lowest = new Lowest(period);

        for (var i = 0; i < values.Length; i++)
        {
            highest.Add(values[i]);
            lowest.Add(values[i]);
            if (i < period - 1)
            {
                highest.Value.Should().Be(double.NaN);
            }
            else
            {
                var window = values[(i - period + 1)..(i + 1)];
                highest.Value.Should().Be(window.Max(), $"value {i}");
                lowest.Value.Should().Be(window.Min(), $"value {i}");
            }
        }
    }
}
