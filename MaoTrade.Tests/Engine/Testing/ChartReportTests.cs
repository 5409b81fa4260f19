using System.Text;
using System.Xml.Linq;
using MaoTrade.Engine.Testing.Reports;
using MaoTrade.Market.Charts;
using MaoTrade.Market.Charts.Reports;

namespace MaoTrade.Tests.Engine.Testing;

public sealed class ChartReportTests
{
    [Fact]
    public void A_test_shows_prices_with_the_systems_lines_its_fills_equity_and_drawdown()
    {
        var plan = Plans.BuiltIn("MacdCrossover", """{"fast_period":5,"slow_period":20,"qty":3}""", Plans.Walk(900)) with { KeepsChart = true };
        var result = plan.Run();
        result.Orders.Should().HaveCountGreaterThan(10);

        var report = ChartReport.Of(result);

        report.Sheet.Panels.Select(panel => panel.Name).Should().StartWith("Prices and fills").And.EndWith("Drawdown").And.Contain("Equity");
        report.Sheet.Panels[0].Layers.Select(layer => layer.Name).Should().Contain(["fast", "slow"]);
        report.Sections.Select(section => section.Title).Should().Equal("Trades", "Orders", "Days with trades", "Rules and formulas");
        var svg = Svg(report);
        svg.Descendants().Count(element => (string?)element.Attribute("class") == $"f-{(int)Ink.Up}" && Corners(element) == 3)
            .Should().Be(result.Orders.Count(order => order.OpType == MaoTrade.Engine.Orders.OrderOpType.Buy), "each buy is a triangle");
        svg.Descendants().Count(element => element.Name.LocalName == "title" && element.Value.Contains("buy 3 at", StringComparison.Ordinal)).Should().BeGreaterThan(5);
    }

    [Fact]
    public void Charts_change_nothing_of_what_is_traded_and_a_report_of_a_plan_is_always_the_same_bytes()
    {
        var plan = Plans.BuiltIn("Scalping", "{}", Plans.Walk(2_000));
        var charted = plan with { KeepsChart = true };

        charted.Run().Orders.Should().Equal(plan.Run().Orders);
        Write(ChartReport.Of(charted.Run()), ReportFormat.Html).Should().Equal(Write(ChartReport.Of(charted.Run()), ReportFormat.Html));
        charted.Run().Chart.Should().NotBeEmpty();
        plan.Run().Chart.Should().BeEmpty();
    }

    [Fact]
    public void A_run_that_was_resumed_draws_the_same_lines()
    {
        var plan = Plans.BuiltIn("MacdCrossover", """{"fast_period":5,"slow_period":20,"qty":3}""", Plans.Walk(300)) with { KeepsChart = true };

        var whole = plan.Run().Chart;
        var resumed = (plan with { ResumeAt = 150 }).Run().Chart;

        resumed.Keys.Should().BeEquivalentTo(whole.Keys);
        foreach (var (line, points) in whole)
        {
            resumed[line].Should().Equal(points);
        }
    }

    [Fact]
    public void Many_fills_are_told_and_not_drawn_one_over_the_other()
    {
        var script = string.Join(',', Enumerable.Range(0, 900).Select(i => $"{2 * i}:B,{(2 * i) + 1}:F"));
        var result = (Plans.Script(script, Plans.Walk(1_900)) with { KeepsChart = true }).Run();
        result.Orders.Should().HaveCountGreaterThan(800);

        var page = Encoding.UTF8.GetString(Write(ChartReport.Of(result), ReportFormat.Html));

        page.Should().Contain("fills, too many to draw");
        page.Length.Should().BeLessThan(1_500_000);
    }

    private static int Corners(XElement path) => ((string?)path.Attribute("d"))?.Count(letter => letter is 'M' or 'L') ?? 0;

    private static byte[] Write(Report report, ReportFormat format)
    {
        using var file = new MemoryStream();
        ReportFile.Write(report, format, file);
        return file.ToArray();
    }

    private static XDocument Svg(Report report) => XDocument.Parse(Encoding.UTF8.GetString(Write(report, ReportFormat.Svg)));
}
