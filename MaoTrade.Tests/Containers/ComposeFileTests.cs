using MaoApi.Pods;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>docker-compose.yml as Compose 1.29 itself reads it.</summary>
public sealed class ComposeFileTests
{
    private static readonly string File = Path.Combine(Repository.Root, "docker-compose.yml");

    [ServerTheory("docker-compose")]
    [InlineData("core")]
    [InlineData("pods")]
    [InlineData("production")]
    [InlineData("logs")]
    [InlineData("monitoring")]
    public async Task Compose_reads_every_profile(string profile)
    {
        var text = await Command.RunAsync("docker-compose", ["-f", File, "--profile", profile, "config"]);

        text.Should().Contain("services:").And.Contain($"- {profile}");
    }

    [Fact]
    public void Both_generations_of_Compose_can_read_it()
    {
        var lines = System.IO.File.ReadAllLines(File);

        lines.Should().NotContain(line => line.StartsWith("name:", StringComparison.Ordinal) || line.StartsWith("version:", StringComparison.Ordinal));
    }

    [ServerFact("docker-compose")]
    public async Task Only_the_pod_holds_the_socket_and_only_gateway_and_console_are_published_on_loopback()
    {
        var text = await Command.RunAsync("docker-compose", ["-f", File, "config"]);
        var services = Services(text);

        services.Where(service => service.Value.Contains("docker.sock", StringComparison.Ordinal)).Select(service => service.Key).Should().Equal("pod");
        services.Where(service => service.Value.Contains("ports:", StringComparison.Ordinal)).Select(service => service.Key)
            .Should().BeEquivalentTo("gateway", "pods-gateway", "production-gateway", "fluentd");
        System.IO.File.ReadAllLines(File).Where(line => line.TrimStart().StartsWith("ports:", StringComparison.Ordinal))
            .Should().OnlyContain(line => line.Contains("127.0.0.1:", StringComparison.Ordinal));
    }

    [ServerFact("docker-compose")]
    public async Task Engines_share_no_network_and_the_trading_database_is_on_none_of_theirs()
    {
        var services = Services(await Command.RunAsync("docker-compose", ["-f", File, "config"]));

        services["engine-a"].Should().Contain("mt-demo1").And.NotContain("mt-demo2: null");
        services["engine-b"].Should().Contain("mt-demo2").And.NotContain("mt-demo1: null");
        services["production-engine-a"].Should().Contain("mt-demo1:").And.NotContain("mt-demo2:").And.NotContain("databases").And.NotContain("trading-database");
        services["production-engine-b"].Should().Contain("mt-demo2:").And.NotContain("mt-demo1:").And.NotContain("databases").And.NotContain("trading-database");
        services["mysql-trading"].Should().Contain("trading-database: null").And.NotContain("databases: null");
    }

    [ServerFact("docker-compose")]
    public async Task In_production_every_server_has_its_user_and_nobody_else_his_secret()
    {
        var services = Services(await Command.RunAsync("docker-compose", ["-f", File, "--profile", "production", "config"]));

        services["production-gateway"].Should().Contain("DB_PROVIDER: mysql").And.Contain("MYSQL_PASSWORD_FILE: /run/secrets/mysql-password")
            .And.Contain("REDIS_PASSWORD_FILE: /run/secrets/redis-password").And.Contain("MONGODB_PASSWORD_FILE: /run/secrets/mongodb-password")
            .And.NotContain("mysql-trading").And.NotContain("mysql-mt").And.NotContain("mysql-root");
        foreach (var (engine, account, other) in new[] { ("production-engine-a", "demo1", "demo2"), ("production-engine-b", "demo2", "demo1") })
        {
            services[engine].Should().Contain("DB_HOSTNAME: mysql-trading").And.Contain($"DB_NAME: mt_{account}").And.Contain($"source: mysql-mt-{account}")
                .And.NotContain(other).And.NotContain("mysql-password").And.NotContain("-root");
        }
    }

    [ServerFact("docker-compose")]
    public async Task On_the_trading_server_the_pod_alone_has_the_secret_that_makes_accounts()
    {
        var trading = Path.Combine(Repository.Root, "docker", "trading-database.yml");
        var services = Services(await Command.RunAsync("docker-compose", ["-f", File, "-f", trading, "--profile", "pods", "--profile", "production", "config"]));

        services["pod"].Should().Contain("ENGINE_DB_PROVIDER: mysql").And.Contain($"ENGINE_DB_HOSTNAME: {PodNames.HostOf(PodNames.DatabaseRole)}")
            .And.Contain("ENGINE_DB_ADMIN_PASSWORD_FILE: /run/secrets/mysql-trading-pod").And.Contain("source: mysql-trading-pod").And.NotContain("mysql-trading-root");
        services["mysql-trading"].Should().Contain($"mao.role: {PodNames.DatabaseRole}").And.Contain("source: mysql-trading-pod");
        services.Where(service => service.Value.Contains("mysql-trading-pod", StringComparison.Ordinal)).Select(service => service.Key)
            .Should().BeEquivalentTo("pod", "mysql-trading");
    }

    [ServerFact("docker-compose")]
    public async Task A_second_gateway_stands_beside_the_first_on_its_data_without_its_jobs()
    {
        var second = Path.Combine(Repository.Root, "docker", "second-gateway.yml");
        var services = Services(await Command.RunAsync("docker-compose", ["-f", File, "-f", second, "--profile", "pods", "config"]));

        services["pods-gateway-b"].Should().Contain("MAO_ROLE: api\n").And.Contain("MAO_INSTANCE: b").And.Contain("pods-data:/data").And.NotContain("docker.sock");
        services["pods-gateway-b"].Should().Contain("127.0.0.1:", "it is published on loopback alone");
    }

    /// <summary>The text of each service, as Compose writes it: two spaces before its name.</summary>
    private static Dictionary<string, string> Services(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var name = "";
        foreach (var line in text.Split('\n').SkipWhile(line => line != "services:").Skip(1).TakeWhile(line => line.StartsWith(' ')))
        {
            if (line.Length > 2 && line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            {
                name = line.Trim().TrimEnd(':');
                found[name] = "";
            }
            else
            {
                found[name] += line + "\n";
            }
        }

        return found;
    }
}
