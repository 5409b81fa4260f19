using System.Text.Encodings.Web;
using System.Text.Json;
using MaoTrade.Protocol.Logs;

namespace MaoTrade.Tests.Protocol.Logs;

public sealed class LineRoomTests
{
    private const int Room = 13 * 1024;

    [Theory]
    [InlineData(100, 100)]
    [InlineData(12_000, 1_000)]
    [InlineData(1_000, 12_000)]
    public void What_fits_stays_as_it_is(int message, int trace)
    {
        var (first, second) = LineRoom.Fit(new string('m', message), new string('t', trace), JavaScriptEncoder.Default);

        (first.Length, second!.Length).Should().Be((message, trace));
    }

    [Theory]
    [InlineData("m")]
    [InlineData("€")]
    [InlineData("\u0000")]
    [InlineData("\"")]
    [InlineData("\ud83d\ude00")]
    [InlineData("\t")]
    public void Too_much_is_cut_between_characters_and_what_is_left_fills_the_room(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 100_000));

        foreach (var encoder in new[] { JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        {
            var (message, trace) = LineRoom.Fit(text, text, encoder);
            var bytes = JsonEncodedText.Encode(message, encoder).EncodedUtf8Bytes.Length + JsonEncodedText.Encode(trace!, encoder).EncodedUtf8Bytes.Length;

            bytes.Should().BeInRange(Room - 50, Room);
            message.Should().EndWith("…");
            message.TrimEnd('…').Should().Be(text[..(message.Length - 1)]);
            char.IsHighSurrogate(message[^2]).Should().BeFalse();
        }
    }

    [Fact]
    public void Half_a_character_does_no_harm()
    {
        var (message, trace) = LineRoom.Fit(new string('\ud83d', 100_000), "\ude00", JavaScriptEncoder.Default);

        message.Should().EndWith("…");
        trace.Should().Be("\ude00");
    }

    [Fact]
    public void A_short_field_of_any_length_is_cut()
    {
        LineRoom.Fit(new string('r', 100_000), JavaScriptEncoder.Default).Length.Should().BeLessThan(260);
        LineRoom.Fit("r-1", JavaScriptEncoder.Default).Should().Be("r-1");
    }
}
