using System.Text.RegularExpressions;
using MaoTrade.Tests.Nagios.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios;

/// <summary>Services of Nagios, rules of Prometheus and the page that says what they mean belong together.</summary>
public sealed class AlertTests
{
    private static readonly string Rules = File.ReadAllText(Path.Combine(Promtool.Rules, "alerts.yml"));
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations", "alerts.md"));
    private static readonly string[] Alerts = Names(Rules, @"^ +- alert: (\w+)$");

    /// <summary>Of each row of the page: services in bold, alerts behind the line break.</summary>
    private static readonly (string[] Services, string[] Alerts)[] Rows =
    [
        .. Page.Split('\n').Where(line => line.StartsWith("| **", StringComparison.Ordinal)).Select(line => line.Split('|')[1]).Select(cell =>
            (Names(cell, @"\*\*([^*]+)\*\*"), cell.Contains("<br>", StringComparison.Ordinal) ? cell.Split("<br>")[1].Split(',', StringSplitOptions.TrimEntries) : [])),
    ];

    [Fact]
    public void Every_service_of_Nagios_has_its_row_and_every_row_its_service() =>
        Rows.SelectMany(row => row.Services).Should().BeEquivalentTo(ShippedObjects.Services.Select(service => service["service_description"]));

    [Fact]
    public void Every_alert_of_Prometheus_has_its_row_and_every_row_its_alert() =>
        Rows.SelectMany(row => row.Alerts).Should().BeEquivalentTo(Alerts);

    [Fact]
    public void Nothing_is_told_by_Nagios_alone() => Rows.Should().OnlyContain(row => row.Alerts.Length > 0);

    [Fact]
    public void Every_alert_is_raised_once_and_kept_quiet_once_in_the_tests_of_the_rules()
    {
        var tests = File.ReadAllText(Path.Combine(Promtool.Rules, "alerts.test.yml"));

        Names(tests, @"alertname: (\w+)\n        exp_alerts:\n").Should().BeEquivalentTo(Alerts);
        Names(tests, @"alertname: (\w+)\n        exp_alerts: \[\]\n").Should().BeEquivalentTo(Alerts);
    }

    [ServerFact("promtool")]
    public async Task The_rules_are_what_promtool_accepts_and_raise_what_they_should()
    {
        var (accepted, complaints) = await Promtool.OfRulesAsync("check", "rules", "alerts.yml");
        accepted.Should().Be(0, complaints);
        var (passed, failures) = await Promtool.OfRulesAsync("test", "rules", "alerts.test.yml");
        passed.Should().Be(0, failures);
    }

    private static string[] Names(string text, string pattern) =>
        [.. Regex.Matches(text, pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(5)).Select(match => match.Groups[1].Value)];
}
