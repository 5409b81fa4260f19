using System.Text.RegularExpressions;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>docker/logs.yml over docker-compose.yml, as Compose itself reads both, 1.29 or v2.</summary>
public sealed partial class LogsComposeTests
{
    [ServerTheory("docker-compose")]
    [InlineData("core", 4)]
    [InlineData("pods", 2)]
    public async Task Every_container_of_ours_writes_to_a_driver_that_holds_it_up_for_nothing(string profile, int containers)
    {
        var said = await Command.RunAsync("docker-compose",
        [
            "-f", Path.Combine(Repository.Root, "docker-compose.yml"), "-f", Path.Combine(Repository.Root, "docker", "logs.yml"),
            "--profile", profile, "--profile", "logs", "config",
        ]);
        var text = said.Replace('\'', '"');

        var drivers = Driver().Matches(text);
        drivers.Should().HaveCountGreaterThanOrEqualTo(containers);
        drivers.Should().OnlyContain(driver => driver.Value.Contains("fluentd-async: \"true\"", StringComparison.Ordinal)
            && driver.Value.Contains("fluentd-buffer-limit: 1m", StringComparison.Ordinal));
        text.Should().Contain("FLUENTD_ENABLED: \"true\"").And.Contain($"context: {Path.Combine(Repository.Root, "fluentd")}");
    }

    [Fact]
    public void Fluentd_is_asked_where_Compose_publishes_it()
    {
        var port = Port().Match(File.ReadAllText(Path.Combine(Repository.Root, "fluentd", "fluent.conf"))).Groups["port"].Value;

        port.Should().Be("24224");
        File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml")).Should().Contain($"\"127.0.0.1:{port}:{port}\"");
        File.ReadAllText(Path.Combine(Repository.Root, "docker", "logs.yml")).Should().Contain($"fluentd-address: 127.0.0.1:{port}");
    }

    /// <summary>A logging section, in the order Compose writes its options.</summary>
    [GeneratedRegex("driver: fluentd\n      options:\n(        .*\n)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Driver();

    [GeneratedRegex("@type forward\n.*\n  port (?<port>[0-9]+)", RegexOptions.None, 1000)]
    private static partial Regex Port();
}
