using MaoApi.Data.History;
using MaoTrade.Market.Frames;

namespace MaoTrade.Tests.Api.Data;

public sealed class BarBlockFormatTests
{
    [Fact]
    public void What_is_written_is_read_again_to_the_last_digit()
    {
        Frame[] bars =
        [
            new(-86400, 1.10m, 1.2m, 1.0000000000000000000000000001m, 1.1m, 0m),
            new(0, decimal.MaxValue, decimal.MaxValue, decimal.MinValue, -0.5m, 123456789.5m),
        ];

        var read = BarBlockFormat.Decode(BarBlockFormat.Encode(bars));

        read.Should().Equal(bars);
        read[0].Open.ToString().Should().Be("1.10", "trailing zeros are part of a price");
    }

    [Fact]
    public void An_empty_block_holds_no_bars() => BarBlockFormat.Decode(BarBlockFormat.Encode([])).Should().BeEmpty();

    [Theory]
    [InlineData(0, 60, 0)]
    [InlineData(61_439, 60, 0)]
    [InlineData(61_440, 60, 1)]
    [InlineData(-1, 60, -1)]
    [InlineData(-61_440, 60, -1)]
    [InlineData(-61_441, 60, -2)]
    public void A_bar_lies_in_the_stretch_of_time_its_start_falls_into(long unixSeconds, int timeFrame, long block) =>
        BarBlockFormat.BlockOf(unixSeconds, timeFrame).Should().Be(block);

    [Fact]
    public void Bytes_that_are_no_block_are_refused_at_every_length()
    {
        var whole = BarBlockFormat.Encode([new Frame(60, 1, 1, 1, 1, 1)]);
        for (var length = 0; length < whole.Length; length++)
        {
            if (length == 1)
            {
                continue;
            }

            var cut = whole[..length];
            FluentActions.Invoking(() => BarBlockFormat.Decode(cut)).Should().Throw<InvalidDataException>("of {0} bytes", length);
        }

        whole[0] = 2;
        FluentActions.Invoking(() => BarBlockFormat.Decode(whole)).Should().Throw<InvalidDataException>("of another format");
        whole[0] = 1;
        whole[9 + 12] = 0xFF;
        FluentActions.Invoking(() => BarBlockFormat.Decode(whole)).Should().Throw<InvalidDataException>("a decimal cannot have such flags");
    }
}
