using System.Diagnostics;
using MaoTrade.Tests.Nagios.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios;

/// <summary>The object files against what was asked for: group, minutes between checks, attempts, minutes until told again, thresholds.</summary>
public sealed class ObjectsTests
{
    [Theory]
    [InlineData("Docker daemon", "trading-critical", 5, 1, 15)]
    [InlineData("MAOApi service", "trading-critical", 8, 2, 15)]
    [InlineData("MAOData service", "trading-critical", 8, 2, 15)]
    [InlineData("MAOPod service", "trading-critical", 8, 2, 15)]
    [InlineData("Fluentd service", "trading-critical", 8, 1, 15)]
    [InlineData("MAOData jobs", "trading-critical", 6, 2, 30)]
    [InlineData("MAOPod pods", "trading-critical", 6, 2, 30)]
    [InlineData("Engine demo1", "trading-critical,engines", 5, 2, 15)]
    [InlineData("Engine demo2", "trading-critical,engines", 5, 2, 15)]
    [InlineData("MySQL connection time", "database", 5, 1, 30)]
    [InlineData("MySQL connections", "database", 6, 2, 60)]
    [InlineData("MySQL open files", "database", 7, 2, 60, "7000!8500")]
    [InlineData("MySQL index usage", "database", 10, 2, 60, "90:!80:")]
    [InlineData("MySQL slow queries", "database", 8, 2, 60, "0.2!1")]
    [InlineData("MongoDB maologs", "database", 9, 2, 60)]
    [InlineData("Root partition", "infrastructure", 3, 1, 60, "20%!10%")]
    [InlineData("Home partition", "infrastructure", 4, 1, 60, "30%!20%")]
    [InlineData("Current load", "infrastructure", 3, 2, 60)]
    [InlineData("Network traffic", "infrastructure", 5, 2, 60, "2097152!4194304")]
    [InlineData("Swap usage", "infrastructure", 4, 1, 60, "30%!15%")]
    [InlineData("Zombie processes", "infrastructure", 3, 2, 30, "1!5")]
    [InlineData("Uninterruptible processes", "infrastructure", 3, 2, 30, "1!3")]
    [InlineData("Total processes", "infrastructure", 8, 1, 120, "250!400")]
    [InlineData("Current users", "security", 10, 1, 240, "2!5")]
    [InlineData("SSH", "security", 5, 2, 60)]
    [InlineData("SSH failed log-ins", "security", 15, 1, 120, "300!1500")]
    [InlineData("Fail2ban service", "security", 10, 1, 60)]
    [InlineData("MAOAdmin", "support", 20, 2, 240)]
    [InlineData("Postfix mail server", "support", 10, 2, 240)]
    [InlineData("Postfix mail queue", "support", 15, 2, 240)]
    [InlineData("Certificate", "support", 720, 2, 1440)]
    [InlineData("System updates", "support", 360, 2, 720)]
    public void A_service_is_looked_at_and_told_as_its_group_wants(
        string name, string groups, int minutes, int attempts, int toldAgain, string thresholds = "check_")
    {
        var service = ShippedObjects.Service(name);

        service["servicegroups"].Should().Be(groups);
        service["check_interval"].Should().Be($"{minutes}");
        service["max_check_attempts"].Should().Be($"{attempts}");
        service["notification_interval"].Should().Be($"{toldAgain}");
        service["check_command"].Should().Contain(thresholds);
    }

    [Fact]
    public void The_database_silences_who_needs_it_and_the_docker_daemon_the_pods()
    {
        Silenced("MySQL connection time").Should().Contain(["MAOApi service", "MAOData service", "MongoDB maologs"]);
        Silenced("Docker daemon").Should().BeEquivalentTo("MAOPod service", "MAOPod pods");
        Silenced("MAOApi service").Should().Contain(["Engine demo1", "Engine demo2", "MAOData jobs", "MAOPod pods", "MAOTrade logs"]);
    }

    [Fact]
    public void Who_has_a_master_fails_twice_before_it_is_told_and_who_has_none_in_these_groups_once()
    {
        var dependent = ShippedObjects.Dependencies.SelectMany(dependency => dependency.Silenced()).ToHashSet(StringComparer.Ordinal);
        foreach (var service in ShippedObjects.Services.Where(service => service["servicegroups"].Split(',')[0] is "trading-critical" or "database"))
        {
            var name = service["service_description"];
            service["max_check_attempts"].Should().Be(dependent.Contains(name) ? "2" : "1", name);
            service["retry_interval"].Should().Be("0.5", "half a minute");
        }
    }

    [Fact]
    public void Nothing_urgent_waits_for_the_morning() =>
        ShippedObjects.Services.Where(service => service["notification_period"] != "always")
            .Should().OnlyContain(service => service["servicegroups"] == "support");

    [ServerFact("nagios4")]
    public async Task Nagios_finds_no_fault_in_the_files()
    {
        using var folder = new TemporaryFolder();
        var main = NagiosFiles.Write(folder, new Dictionary<string, string>(StringComparer.Ordinal));
        using var nagios = Process.Start(new ProcessStartInfo(Programs.Find("nagios4")!, ["-v", main]) { UseShellExecute = false, RedirectStandardOutput = true })!;

        var said = await nagios.StandardOutput.ReadToEndAsync();
        await nagios.WaitForExitAsync();

        nagios.ExitCode.Should().Be(0, said);
        said.Should().Contain("Total Warnings: 0").And.Contain("Total Errors:   0").And.Contain($"Checked {ShippedObjects.Services.Count} services");
    }

    private static IEnumerable<string> Silenced(string master) => ShippedObjects.Dependencies
        .Where(dependency => dependency["service_description"] == master).SelectMany(dependency => dependency.Silenced());
}
