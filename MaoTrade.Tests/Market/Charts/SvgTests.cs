using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MaoTrade.Market.Charts;
using MaoTrade.Market.Charts.Layers;
using MaoTrade.Market.Charts.Reports;

namespace MaoTrade.Tests.Market.Charts;

public sealed class SvgTests
{
    [Fact]
    public void Every_text_is_escaped_and_nothing_of_it_becomes_an_element()
    {
        var sheet = Sheets.Of(
            Sheets.Hours(3), new Panel(Sheets.Hostile, 100, [new LineLayer([1, 2, 3], Ink.First) { Name = Sheets.Hostile }])) with
        {
            Title = Sheets.Hostile,
            Subtitle = Sheets.Hostile,
            Figures = [new SheetFigure(Sheets.Hostile, Sheets.Hostile)],
        };

        var svg = Sheets.Svg(sheet);

        var shown = Sheets.Hostile.Replace('\u0001', '\ufffd');
        svg.Descendants().Select(element => element.Name.LocalName).Distinct()
            .Should().BeSubsetOf(["svg", "style", "rect", "path", "text", "title"]);
        svg.Descendants().Where(element => element.Name.LocalName == "text").Count(text => text.Value == shown).Should().Be(5, "title, subtitle, figure twice, panel, whose legend would only repeat it");
        svg.Descendants().SelectMany(element => element.Attributes()).Should().NotContain(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_shows_hostile_text_as_text()
    {
        var report = new Report(
            Sheets.Line(1, 2, 3) with { Title = Sheets.Hostile, Figures = [new SheetFigure(Sheets.Hostile, Sheets.Hostile)] },
            [
                new ReportSection(Sheets.Hostile)
                {
                    Note = Sheets.Hostile,
                    Paragraphs = [Sheets.Hostile],
                    Table = new ReportTable([Sheets.Hostile], 1, [[new ReportCell(Sheets.Hostile, 1)]]),
                },
            ]);

        var page = Encoding.UTF8.GetString(Sheets.Write(report, ReportFormat.Html));

        Regex.Count(page, "<script>", RegexOptions.None, TimeSpan.FromSeconds(5)).Should().Be(1, "the page's own");
        Regex.Count(page, "&lt;script&gt;", RegexOptions.None, TimeSpan.FromSeconds(5)).Should().BeGreaterThanOrEqualTo(9);
        page.Should().NotContain("alert('1')").And.Contain("alert(&#39;1&#39;)");
    }

    [Fact]
    public void The_policy_names_exactly_the_style_and_the_script_of_the_page()
    {
        var page = Encoding.UTF8.GetString(Sheets.Write(new Report(Sheets.Line(1, 2), []), ReportFormat.Html));

        foreach (var element in new[] { "style", "script" })
        {
            var text = page.Split($"<{element}>")[1].Split($"</{element}>")[0];
            var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            ReportPage.Policy.Should().Contain($"{element}-src 'sha256-{hash}'");
        }

        page.Should().Contain($"content=\"{ReportPage.Policy}\"").And.NotContain("style=\"", "a style of an element needs a looser policy").And.NotContain("http-equiv=\"refresh");
        ReportPage.Policy.Should().StartWith("default-src 'none'").And.NotContain("unsafe");
    }

    [Fact]
    public void A_long_series_keeps_its_highest_and_its_lowest_value()
    {
        var values = Enumerable.Range(0, 100_000).Select(i => Math.Sin(i / 900.0)).ToArray();
        (values[54_321], values[77_777]) = (50, -50);

        var svg = Sheets.Svg(Sheets.Line(values));

        var path = svg.Descendants().Where(element => (string?)element.Attribute("class") == $"s-{(int)Ink.First}")
            .Select(element => (string)element.Attribute("d")!).MaxBy(d => d.Length)!;
        var heights = Heights(path);
        heights.Should().HaveCountLessThan(5_000, "a chart has about a thousand columns");

        // The scale leaves a twentieth of the range beside its extremes: of 100 pixels 4.5 above and below.
        (heights.Max() - heights.Min()).Should().BeApproximately(100 / 1.1, 0.1);
        heights.Count(height => Math.Abs(height - heights.Min()) < 0.01).Should().Be(1);
    }

    [Fact]
    public void Candles_that_share_a_column_are_one_candle_with_their_extremes()
    {
        var bars = Enumerable.Range(0, 10_000).Select(i => new MaoTrade.Market.Frames.Frame(i * 60, 100, 101, 99, 100.5m, 1)).ToArray();
        bars[5_001] = bars[5_001] with { High = 200 };
        var sheet = Sheets.Of([.. bars.Select(bar => bar.UnixSeconds)], new Panel("Prices", 200, [new CandleLayer(bars)]));

        var wicks = Sheets.Svg(sheet).Descendants().Where(element => (string?)element.Attribute("class") == $"s-{(int)Ink.Up}").ToList();

        wicks.Should().HaveCountLessThan(800);
        var lengths = wicks.Select(wick => Heights((string)wick.Attribute("d")!)).Select(ends => Math.Abs(ends[1] - ends[0]));
        lengths.Max().Should().BeApproximately(200 / 1.1, 0.1, "99 to 200 is the whole range");
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 5.0 })]
    [InlineData(new[] { double.NaN, double.NaN })]
    [InlineData(new[] { 0.0, 0.0, 0.0 })]
    [InlineData(new[] { double.NaN, 3, double.NaN, 4, 5 })]
    [InlineData(new[] { 1e15, -1e15 })]
    [InlineData(new[] { 1e-9, 2e-9 })]
    [InlineData(new[] { double.PositiveInfinity, 1 })]
    public void Odd_series_are_drawn_without_a_number_that_is_none(double[] values)
    {
        var text = Sheets.Svg(Sheets.Line(values)).ToString();

        text.Should().NotContain("NaN").And.NotContain("Infinity").And.NotContain("∞");
        Sheets.Write(new Report(Sheets.Line(values), []), ReportFormat.Png).Should().NotBeEmpty();
    }

    /// <summary>The second number of each point of a path.</summary>
    private static List<double> Heights(string path) =>
        [.. Regex.Matches(path, @" (?<height>-?[\d.]+)", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(match => double.Parse(match.Groups["height"].Value, CultureInfo.InvariantCulture))];
}
