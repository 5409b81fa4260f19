using MaoApi.Pods;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Containers;

/// <summary>docker-compose.yml as Compose itself reads it: 1.29 or v2, whichever is <c>docker-compose</c> on this machine.</summary>
public sealed class ComposeFileTests
{
    private static readonly string File = Path.Combine(Repository.Root, "docker-compose.yml");

    /// <summary>Compose v2 sees no service of a profile that is not named.</summary>
    private static readonly string[] AllProfiles =
        ["--profile", "core", "--profile", "pods", "--profile", "production", "--profile", "logs", "--profile", "monitoring"];

    [ServerTheory("docker-compose")]
    [InlineData("core")]
    [InlineData("pods")]
    [InlineData("production")]
    [InlineData("logs")]
    [InlineData("monitoring", "core")]
    public async Task Compose_reads_every_profile_without_a_warning(string profile, string? beside = null)
    {
        string[] second = beside is null ? [] : ["--profile", beside];

        var (code, text, error) = await Command.TryAsync("docker-compose", ["-f", File, "--profile", profile, .. second, "config"]);

        code.Should().Be(0, error);
        error.Should().NotContain("level=warning").And.NotContain("variable is not set");
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
        var text = await Command.RunAsync("docker-compose", ["-f", File, .. AllProfiles, "config"]);
        var services = Services(text);

        services.Where(service => service.Value.Contains("docker.sock", StringComparison.Ordinal)).Select(service => service.Key).Should().Equal("pod");
        services.Where(service => service.Value.Contains("ports:", StringComparison.Ordinal)).Select(service => service.Key)
            .Should().BeEquivalentTo("gateway", "pods-gateway", "production-gateway", "fluentd");
        System.IO.File.ReadAllLines(File).Where(line => line.TrimStart().StartsWith("ports:", StringComparison.Ordinal))
            .Should().OnlyContain(line => line.Contains("127.0.0.1:", StringComparison.Ordinal));
    }

    /// <summary>One rule at a time: a container that breaks another one mostly does not even start, and would tell nothing of this one.</summary>
    [ServerTheory("docker-compose")]
    [InlineData("read_only: true")]
    [InlineData("cap_drop:\n    - ALL")]
    [InlineData("security_opt:\n    - no-new-privileges:true")]
    public async Task Every_container_of_our_images_is_hardened(string rule)
    {
        var ours = await OursAsync();

        ours.Should().HaveCountGreaterThan(8);
        ours.Where(service => !service.Value.Contains($"    {rule}\n", StringComparison.Ordinal)).Select(service => service.Key).Should().BeEmpty();
    }

    [ServerTheory("docker-compose")]
    [InlineData("user:")]
    [InlineData("privileged:")]
    [InlineData("cap_add:")]
    [InlineData("pid:")]
    [InlineData("devices:")]
    [InlineData("network_mode: host")]
    public async Task No_container_of_our_images_is_given_more_than_its_image_has(string right)
    {
        var ours = await OursAsync();

        ours.Where(service => service.Value.Contains($"\n    {right}", StringComparison.Ordinal)).Select(service => service.Key).Should().BeEmpty();
    }

    [Fact]
    public void Every_image_of_ours_is_of_the_base_whose_user_is_not_root()
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(Repository.Root, "docker", "Dockerfile"));

        lines.Where(line => line.StartsWith("USER ", StringComparison.Ordinal)).Should().Equal("USER 1000:1000");
        lines.SkipWhile(line => !line.EndsWith(" AS base", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("FROM ", StringComparison.Ordinal))
            .Should().Contain("USER 1000:1000");
        lines.Should().Contain("FROM base AS engine").And.Contain("FROM base AS gateway");
    }

    [ServerFact("docker-compose")]
    public async Task Engines_share_no_network_and_the_trading_database_is_on_none_of_theirs()
    {
        var services = Services(await Command.RunAsync("docker-compose", ["-f", File, .. AllProfiles, "config"]));

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

        services["pods-gateway-b"].Should().Contain("MAO_ROLE: api\n").And.Contain("MAO_INSTANCE: b").And.MatchRegex(@"pods-data(:|\n\s+target: )/data").And.NotContain("docker.sock");
        services["pods-gateway-b"].Should().MatchRegex(@"- 127\.0\.0\.1:|host_ip: 127\.0\.0\.1", "it is published on loopback alone");
    }

    /// <summary>Every service of our images, whatever its profile.</summary>
    private static async Task<List<KeyValuePair<string, string>>> OursAsync()
    {
        var text = await Command.RunAsync(
            "docker-compose",
            ["-f", File, "-f", Path.Combine(Repository.Root, "docker", "second-gateway.yml"), "--profile", "core", "--profile", "pods", "--profile", "production", "config"]);
        return [.. Services(text).Where(service => service.Value.Contains("image: mao-", StringComparison.Ordinal))];
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
