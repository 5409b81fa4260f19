using System.Globalization;
using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using MaoTrade.Market.Metastock;

namespace MaoTrade.Tests.Market.Metastock;

public sealed class MbfSingleTests
{
    [Theory]
    [InlineData("00000081", "1")]
    [InlineData("00000080", "0.5")]
    [InlineData("00002084", "10")]
    [InlineData("0000A082", "-2.5")]
    [InlineData("F0FF7194", "991231")]
    [InlineData("702A7494", "1000103")]
    [InlineData("08F21995", "1261121")]
    [InlineData("00A43591", "93000")]
    [InlineData("66E67687", "123.45")]
    [InlineData("00000000", "0")]
    [InlineData("00000099", "16777216")]
    public void A_decimal_becomes_the_stored_number_of_the_format(string bytes, string value)
    {
        var number = decimal.Parse(value, CultureInfo.InvariantCulture);
        var stored = BitConverter.ToUInt32(Convert.FromHexString(bytes));

        MbfSingle.FromDecimal(number).Should().Be(stored);
        if (number >= 0 && number == decimal.Floor(number))
        {
            MbfSingle.FromWhole((uint)number).Should().Be(stored);
        }
    }

    [Fact]
    public void The_nearest_of_all_stored_numbers_is_taken_and_of_two_the_even_one()
    {
        // A float has 24 bits, too, and the framework rounds text to the nearest even one.
        var drawn = from digits in Gen.Choose(0, int.MaxValue).Three() from scale in Gen.Choose(0, 28) from negative in Gen.Elements(true, false) select (digits, scale, negative);
        Prop.ForAll(drawn.ToArbitrary(), one =>
        {
            var ((low, middle, high), scale, negative) = one;
            decimal[] values =
            [
                new(low, middle, high, negative, (byte)scale), new(low, middle, 0, negative, (byte)scale), new(low, 0, 0, negative, (byte)scale),
                new(low & 0xFF_FFFF, 0, 0, negative, (byte)(scale % 8)),

                // Half-way between two neighbours, and beside it.
                ((low & 0x7F_FFFF) + 0x80_0000) + 0.5m, ((low & 0x7F_FFFF) + 0x80_0000) + 0.5000001m,
                33_554_432m + (low & 0xFF_FFFF), 33_554_432m + (4 * (low & 0x3F_FFFF)) + 2,
            ];
            foreach (var value in values)
            {
                var text = value.ToString(CultureInfo.InvariantCulture);
                MbfSingle.ToDouble(MbfSingle.FromDecimal(value)).Should().Be(float.Parse(text, CultureInfo.InvariantCulture), text);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Four_at_once_are_the_same_as_one_by_one()
    {
        var random = new Random(20_261_121);
        for (var i = 0; i < 200_000; i++)
        {
            uint[] stored = [(uint)random.NextInt64(1L << 32), (uint)random.Next(1 << 24), (uint)random.Next(1 << 26), 0x80_0000u + (uint)i];
            var four = MbfSingle.ToDouble(Vector128.Create(stored));
            for (var j = 0; j < 4; j++)
            {
                BitConverter.DoubleToUInt64Bits(four[j]).Should().Be(BitConverter.DoubleToUInt64Bits(MbfSingle.ToDouble(stored[j])));
            }
        }
    }
}
