using MaoApi.Data;
using MaoApi.Hosting;
using MaoApi.Pods;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

public sealed class EngineDatabaseOptionsTests : IDisposable
{
    private static readonly bool IsBuilt = DatabaseProviders.Built.ContainsKey(DatabaseProviders.MySql);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Engines_keep_files_unless_said_otherwise()
    {
        Read([], out var faults).IsServer.Should().BeFalse();

        faults.Should().BeEmpty();
    }

    [Fact]
    public void Passwords_somebody_made_need_a_server_and_a_folder()
    {
        var options = Read(
            new() { ["MAO_POD_DRIVER"] = "docker", ["ENGINE_DB_PROVIDER"] = "mysql", ["ENGINE_DB_HOSTNAME"] = "trading-db", ["ENGINE_DB_PASSWORDS_DIR"] = _folder.Path, ["ENGINE_DB_POOL"] = "7" },
            out var faults);

        faults.Should().BeEmpty();
        (options.Host, options.Port, options.Pool, options.PasswordsDir, options.AdminUser).Should().Be(("trading-db", 3306, 7, _folder.Path, null));
    }

    [Fact]
    public void A_user_who_makes_schemas_needs_the_production_stack()
    {
        File.WriteAllText(_folder.File("secret"), "topsecret-and-long-enough\n");
        var options = Read(
            new()
            {
                ["MAO_POD_DRIVER"] = "docker",
                ["ENGINE_DB_PROVIDER"] = "mysql",
                ["ENGINE_DB_HOSTNAME"] = "10.0.0.7",
                ["ENGINE_DB_PORT"] = "3307",
                ["ENGINE_DB_ADMIN_USER"] = "maopod",
                ["ENGINE_DB_ADMIN_PASSWORD_FILE"] = _folder.File("secret"),
            },
            out var faults);

        faults.Should().Equal(IsBuilt ? [] : ["ENGINE_DB_ADMIN_USER: mysql is not in this build; build with -p:MaoStack=production"]);
        (options.Port, options.AdminUser, options.AdminPassword).Should().Be((3307, "maopod", "topsecret-and-long-enough"));
    }

    [Fact]
    public void Engines_that_are_processes_of_this_build_need_the_production_stack()
    {
        Read(new() { ["ENGINE_DB_PROVIDER"] = "mysql", ["ENGINE_DB_HOSTNAME"] = "db", ["ENGINE_DB_PASSWORDS_DIR"] = _folder.Path }, out var faults);

        faults.Should().Equal(IsBuilt ? [] : ["ENGINE_DB_PROVIDER: mysql is not in this build; build with -p:MaoStack=production"]);
    }

    [Fact]
    public void Every_fault_is_told_at_once_and_no_secret_is()
    {
        Read(
            new()
            {
                ["MAO_POD_DRIVER"] = "docker",
                ["ENGINE_DB_PROVIDER"] = "mysql",
                ["ENGINE_DB_PORT"] = "70000",
                ["ENGINE_DB_POOL"] = "31",
                ["ENGINE_DB_PASSWORDS_DIR"] = "/nowhere/at/all",
                ["ENGINE_DB_ADMIN_PASSWORD"] = "topsecret-and-long-enough",
                ["POD_CPUS"] = "many",
            },
            out var faults);

        faults.Select(fault => fault.Split(':')[0]).Should().BeEquivalentTo(
            "ENGINE_DB_PORT", "ENGINE_DB_POOL", "ENGINE_DB_HOSTNAME", "ENGINE_DB_PASSWORDS_DIR", "ENGINE_DB_ADMIN_PASSWORD", "POD_CPUS");
        faults.Should().NotContain(fault => fault.Contains("topsecret-and-long-enough", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ENGINE_DB_PROVIDER=oracle", "ENGINE_DB_PROVIDER: 'oracle' is none of sqlite, mysql")]
    [InlineData("ENGINE_DB_HOSTNAME=db", "ENGINE_DB_HOSTNAME: is for ENGINE_DB_PROVIDER mysql, and ENGINE_DB_PROVIDER is sqlite")]
    [InlineData("ENGINE_DB_ADMIN_PASSWORD=topsecret-and-long-enough", "ENGINE_DB_ADMIN_PASSWORD: is for ENGINE_DB_PROVIDER mysql, and ENGINE_DB_PROVIDER is sqlite")]
    [InlineData("ENGINE_DB_PROVIDER=mysql ENGINE_DB_HOSTNAME=db", "ENGINE_DB_PASSWORDS_DIR: a folder with a file mysql-mt-ACCOUNT for each account is expected, or ENGINE_DB_ADMIN_USER, who makes schemas and users")]
    [InlineData("ENGINE_DB_PROVIDER=mysql ENGINE_DB_HOSTNAME=db ENGINE_DB_PASSWORDS_DIR=/tmp ENGINE_DB_ADMIN_USER=me ENGINE_DB_ADMIN_PASSWORD=topsecret-and-long-enough", "ENGINE_DB_ADMIN_USER: stands beside ENGINE_DB_PASSWORDS_DIR; one of them is expected")]
    [InlineData("ENGINE_DB_PROVIDER=mysql ENGINE_DB_HOSTNAME=db ENGINE_DB_ADMIN_USER=me", "ENGINE_DB_ADMIN_PASSWORD: the password of ENGINE_DB_ADMIN_USER is expected")]
    public void What_is_missing_or_in_contradiction_is_named(string variables, string expected)
    {
        Read(variables.Split(' ').Append("MAO_POD_DRIVER=docker").Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal), out var faults);

        faults.Should().Contain(expected);
    }

    [Fact]
    public void Who_starts_no_engines_is_not_asked()
    {
        Read(new() { ["MAO_ROLE"] = "api", ["MAO_POD_DRIVER"] = "child", ["ENGINE_DB_PROVIDER"] = "mysql" }, out var faults);

        faults.Should().BeEmpty();
    }

    private static EngineDatabaseOptions Read(Dictionary<string, string> variables, out IReadOnlyList<string> faults)
    {
        variables.TryAdd("MAO_ROLE", "pod");
        return CommandLine.ReadEnvironment(variables.GetValueOrDefault, out faults).Pods.Database;
    }
}
