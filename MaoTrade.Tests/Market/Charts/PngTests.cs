using System.Text.Json;
using MaoTrade.Market.Charts;
using MaoTrade.Market.Charts.Raster;
using MaoTrade.Market.Charts.Shapes;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Market.Charts;

/// <summary>Pictures, read back by a decoder of our own making in Python: signature, chunks with their check sums, inflated rows.</summary>
public sealed class PngTests
{
    /// <summary>Decodes the file named on standard input and prints its size and the pixels asked for.</summary>
    private const string Decoder =
        """
        import json, struct, sys, zlib
        asked = json.load(sys.stdin)
        data = open(asked["file"], "rb").read()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        at, idat, head, names = 8, b"", None, []
        while at < len(data):
            size, = struct.unpack(">I", data[at:at + 4])
            name, body = data[at + 4:at + 8], data[at + 8:at + 8 + size]
            crc, = struct.unpack(">I", data[at + 8 + size:at + 12 + size])
            assert crc == zlib.crc32(name + body), name
            names.append(name.decode())
            head = struct.unpack(">IIBBBBB", body) if name == b"IHDR" else head
            idat += body if name == b"IDAT" else b""
            at += 12 + size
        assert names[0] == "IHDR" and names[-1] == "IEND"
        width, height, bits, kind, packing, filtering, interlace = head
        assert (bits, kind, packing, filtering, interlace) == (8, 2, 0, 0, 0)
        raw = zlib.decompress(idat)
        assert len(raw) == height * (width * 3 + 1)
        rows, before = [], bytes(width * 3)
        for y in range(height):
            line = raw[y * (width * 3 + 1):(y + 1) * (width * 3 + 1)]
            assert line[0] == 2
            before = bytes((a + b) & 255 for a, b in zip(line[1:], before))
            rows.append(before)
        print(json.dumps({"size": [width, height], "pixels": ["%02x%02x%02x" % tuple(rows[y][x * 3:x * 3 + 3]) for x, y in asked["pixels"]]}))
        """;

    [ServerFact("python3")]
    public async Task Pixels_have_the_colours_of_what_lies_there()
    {
        var drawing = new Drawing("shapes", 60, 40);
        drawing.Add(Area.Box(Ink.Up, 5, 5, 20, 10));
        drawing.Add(Area.Box(Ink.Down, 30, 5, 10, 10, 0.5));
        drawing.Add(new Stroke(Ink.First, [new(5, 30), new(55, 30)], 2));
        drawing.Add(new Area(Ink.Grid, [new(45, 25), new(55, 25), new(45, 5)]));
        drawing.Add(new Stroke(Ink.Second, [new(5, 36), new(55, 36)], 2, Dash: 10));

        var (size, pixels) = await DecodeAsync(
            drawing, (2, 2), (20, 20), (49, 29), (51, 20), (70, 20), (60, 60), (60, 52), (92, 40), (108, 14), (20, 72), (40, 72));

        size.Should().Equal(120, 80);
        var half = Mixed(Palette.Light(Ink.Down));
        pixels.Should().Equal(
            "ffffff", Hex(Ink.Up), Hex(Ink.Up), "ffffff", half, Hex(Ink.First), "ffffff", Hex(Ink.Grid), "ffffff", Hex(Ink.Second), "ffffff");
    }

    [ServerFact("python3")]
    public async Task A_whole_report_is_a_picture_any_decoder_reads()
    {
        var sheet = Sheets.Line([.. Enumerable.Range(0, 500).Select(i => Math.Sin(i / 20.0))]) with { Title = "Zürich – €1.50 日本 " + Sheets.Hostile };
        var drawing = SheetDrawing.Whole(sheet);

        var (size, pixels) = await DecodeAsync(drawing, (0, 0), ((drawing.Width * 2) - 1, (drawing.Height * 2) - 1));

        size.Should().Equal(drawing.Width * 2, drawing.Height * 2);
        pixels.Should().Equal("ffffff", "ffffff");
    }

    [Fact]
    public void A_line_that_crosses_itself_is_not_darker_where_it_does()
    {
        var canvas = new Canvas(20, 20, 0xFFFFFF);
        canvas.Gather(new Spot(2, 10), new Spot(18, 10), 4);
        canvas.Gather(new Spot(10, 2), new Spot(10, 18), 4);
        canvas.Lay(0x000000, 0.5);

        canvas.Row(10).Slice(10 * 3, 3).ToArray().Should().Equal(canvas.Row(10).Slice(5 * 3, 3).ToArray());
    }

    [Fact]
    public void Shapes_outside_the_picture_do_no_harm()
    {
        var drawing = new Drawing("outside", 10, 10);
        drawing.Add(new Stroke(Ink.First, [new(-1e6, -1e6), new(1e6, 1e6)], 3));
        drawing.Add(Area.Box(Ink.Up, -50, -50, 1e7, 1e7));
        drawing.Add(new Label(Ink.Text, new Spot(500, -3), "far away", 400));
        using var file = new MemoryStream();

        PngPicture.Write(drawing, file);

        file.Length.Should().BeInRange(50, 10_000);
    }

    [Fact]
    public void A_picture_beyond_the_bound_is_refused_before_memory_is_taken()
    {
        var write = () => PngPicture.Write(new Drawing("huge", 40_000, 40_000), Stream.Null);

        write.Should().Throw<ArgumentException>().WithMessage("*at most 16000000 pixels*");
    }

    [Fact]
    public void Every_letter_of_ASCII_is_known_and_lies_on_its_line()
    {
        for (var letter = '!'; letter <= '~'; letter++)
        {
            var lines = StrokeFont.Lines(letter.ToString(), new Spot(100, 100), 10).ToList();
            lines.Should().NotBeEmpty($"{letter}");
            lines.SelectMany(line => new[] { line.From, line.To }).Should().OnlyContain(
                spot => spot.X >= 99 && spot.X <= 108 && spot.Y >= 91 && spot.Y <= 103, $"{letter}");
            lines.SequenceEqual(StrokeFont.Lines("\u4e00", new Spot(100, 100), 10)).Should().BeFalse($"{letter} is no box");
        }

        StrokeFont.Measure("10,000.00", 12).Should().BeInRange(40, 70);
        StrokeFont.Lines("Zürich é", default, 10).SequenceEqual(StrokeFont.Lines("Zurich e", default, 10)).Should().BeTrue();
    }

    private static string Hex(Ink ink) => Palette.Light(ink).ToString("x6");

    /// <summary>Half of it over white.</summary>
    private static string Mixed(uint colour) =>
        string.Concat(new[] { 16, 8, 0 }.Select(shift => ((int)Math.Floor(255 + (((int)((colour >> shift) & 255) - 255) * 0.5) + 0.5)).ToString("x2")));

    private static async Task<(int[] Size, string[] Pixels)> DecodeAsync(Drawing drawing, params (int X, int Y)[] pixels)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("picture.png");
        await using (var output = File.Create(file))
        {
            PngPicture.Write(drawing, output);
        }

        var answer = await DebianPython.RunAsync(Decoder, JsonSerializer.Serialize(new { file, pixels = pixels.Select(pixel => new[] { pixel.X, pixel.Y }) }));
        using var told = JsonDocument.Parse(answer);
        return (told.RootElement.GetProperty("size").Deserialize<int[]>()!, told.RootElement.GetProperty("pixels").Deserialize<string[]>()!);
    }
}
