using MaoTrade.Market.Indicators;

namespace MaoTrade.Tests.Market.Indicators;

public sealed class IndicatorCatalogTests
{
    [Fact]
    public void A_list_is_read_with_numbers_or_with_the_usual_ones()
    {
        var faults = new List<string>();

        var choices = IndicatorCatalog.Parse("sma:20, macd:5:10:3,,bbands:20:2.5,obv,macd", faults);

        faults.Should().BeEmpty();
        choices.Select(choice => $"{choice.Definition.Name} {string.Join(' ', choice.Parameters)}")
            .Should().Equal("sma 20", "macd 5 10 3", "bbands 20 2.5", "obv ", "macd 12 26 9");
        choices[1].Definition.Results.Should().Equal("macd", "macd_signal", "macd_hist");
    }

    [Theory]
    [InlineData("magic:2", "magic:2: there is no such indicator; there are atr, bbands, ema, *, volume_ratio")]
    [InlineData("SMA:2", "SMA:2: there is no such indicator; *")]
    [InlineData("sma:0", "sma:0: period is a whole number from 1 to 1000")]
    [InlineData("sma:1001", "sma:1001: period is a whole number from 1 to 1000")]
    [InlineData("sma:2.5", "sma:2.5: period is a whole number from 1 to 1000")]
    [InlineData("sma:ten", "sma:ten: period is a whole number from 1 to 1000")]
    [InlineData("sma:", "sma:: period is a whole number from 1 to 1000")]
    [InlineData("sma:-5", "sma:-5: period is a whole number from 1 to 1000")]
    [InlineData("sma:1:2", "sma:1:2: sma takes 1 number (period) or none, not 2")]
    [InlineData("macd:12:26", "macd:12:26: macd takes 3 numbers (fast, slow, signal) or none, not 2")]
    [InlineData("macd:26:12:9", "macd:26:12:9: fast must be below slow")]
    [InlineData("mama:0.05:0.5", "mama:0.05:0.5: fast must not be below slow")]
    [InlineData("bbands:20:0", "bbands:20:0: width is a number from 0.1 to 10")]
    [InlineData("obv:1", "obv:1: obv takes no numbers")]
    public void What_is_wrong_is_said_with_what_is_expected(string text, string message)
    {
        var faults = new List<string>();

        IndicatorCatalog.Parse(text + ",rsi:14", faults).Should().ContainSingle("the good one is kept");

        faults.Should().ContainSingle().Which.Should().Match(message);
    }

    [Fact]
    public void Every_indicator_gives_as_many_results_as_it_names_and_becomes_ready()
    {
        foreach (var definition in IndicatorCatalog.All.Values)
        {
            var indicator = IndicatorCatalog.Parse(definition.Name, []).Single().Begin();

            indicator.ResultCount.Should().Be(definition.Results.Count, definition.Name);
            indicator.IsReady.Should().BeFalse(definition.Name);
            var results = new double[indicator.ResultCount];
            foreach (var bar in BarSeries.Walk(150, seed: 1).Bars())
            {
                indicator.Add(bar);
                indicator.CopyTo(results);
                Array.TrueForAll(results, value => !double.IsNaN(value)).Should().Be(indicator.IsReady, definition.Name);
            }

            indicator.IsReady.Should().BeTrue(definition.Name);
        }
    }

    [Fact]
    public void Numbers_at_the_edges_of_their_ranges_make_an_indicator()
    {
        foreach (var definition in IndicatorCatalog.All.Values)
        {
            var lowest = definition.Parameters.Select(parameter => parameter.Min).ToArray();
            var highest = definition.Parameters.Select(parameter => parameter.Max).ToArray();
            if (definition.Name == "macd")
            {
                (lowest[1], highest[0]) = (2, 999);
            }

            definition.Fault(lowest).Should().BeNull();
            definition.Fault(highest).Should().BeNull();
            definition.Make(lowest).Add(new Bar(2, 1, 1.5, 7));
            definition.Make(highest).Add(new Bar(2, 1, 1.5, 7));
        }
    }
}
