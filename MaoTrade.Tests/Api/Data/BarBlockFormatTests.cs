using System.Globalization;
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

    [Theory]
    [InlineData("1.10 2.25 0.01", 4)]
    [InlineData("21474836.47 0.00", 4)]
    [InlineData("21474836.48 0.00", 8)]
    [InlineData("92233720368547758.07 -92233720368547758.07", 8)]
    [InlineData("1.1 2.25 3", 9)]
    [InlineData("92233720368547758.08 1.00", 16)]
    [InlineData("1.0000000000000000000000000001 2", 16)]
    public void Numbers_of_a_column_take_no_more_room_than_the_widest_needs(string prices, int bytesEach)
    {
        var values = Array.ConvertAll(prices.Split(' '), text => decimal.Parse(text, CultureInfo.InvariantCulture));
        Frame[] bars = [.. values.Select((value, n) => new Frame(n * 60L, value, 1, 1, 1, 1))];

        var bytes = BarBlockFormat.Encode(bars);

        BarBlockFormat.Decode(bytes).Select(bar => bar.Open.ToString(CultureInfo.InvariantCulture)).Should().Equal(prices.Split(' '));
        bytes.Length.Should().Be(BarBlockFormat.Encode([.. bars.Select(bar => bar with { Open = 1 })]).Length
            + (bars.Length * (bytesEach - 4)) - (bytesEach is 9 or 16 ? 1 : 0));
    }

    [Fact]
    public void A_block_of_the_first_format_is_still_read()
    {
        // Written down byte by byte from its description: one bar at 60, open 1.5, high 2, low -1, close 0, volume 7.
        var bytes = new byte[1 + 88];
        bytes[0] = 1;
        bytes[1] = 60;
        (bytes[9], bytes[9 + 14]) = (15, 1);
        bytes[25] = 2;
        (bytes[41], bytes[41 + 15]) = (1, 0x80);
        bytes[73] = 7;

        BarBlockFormat.Decode(bytes).Should().Equal(new Frame(60, 1.5m, 2, -1, 0, 7));
    }

    [Fact]
    public void Bytes_that_are_no_block_are_refused_at_every_length()
    {
        var whole = BarBlockFormat.Encode([new Frame(60, 1, 1.5m, 1, 1, 1m / 3), new Frame(120, 1, 1, long.MaxValue, 1, 1)]);
        for (var length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length]);
        }

        Refused([.. whole, 0]);
        Refused([3, .. whole[1..]]);
        Refused([2, 255, 255, 255, 127, .. whole[5..]]);
        Refused([2, 255, 255, 255, 255, .. whole[5..]]);

        static void Refused(byte[] bytes) =>
            FluentActions.Invoking(() => BarBlockFormat.Decode(bytes)).Should().Throw<InvalidDataException>("of {0} bytes", bytes.Length);
    }

    [Fact]
    public void Any_byte_that_is_damaged_gives_bars_or_is_refused()
    {
        var whole = BarBlockFormat.Encode([new Frame(60, 1, 1.5m, 1, 1, 1m / 3), new Frame(120, 1, 1, long.MaxValue, 1, 1)]);
        for (var at = 0; at < whole.Length; at++)
        {
            for (var value = 0; value < 256; value += 17)
            {
                var damaged = (byte[])whole.Clone();
                damaged[at] = (byte)value;
                try
                {
                    BarBlockFormat.Decode(damaged).Should().HaveCount(2);
                }
                catch (InvalidDataException)
                {
                    // The answer to damaged bytes.
                }
            }
        }
    }
}
