using System.Text.Json.Nodes;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Data;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Commands;

/// <summary>Verbs on a data folder whose databases are on a server.</summary>
[NeedsMySql]
public sealed class MySqlVerbTests(MariaDbServer server) : IClassFixture<MariaDbServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [ContractFact]
    public async Task A_folder_is_made_looked_at_and_worked_on_without_any_database_in_it()
    {
        var options = server.Fresh();
        (await RunAsync(options, "init", "--no-demo", "--admin-user", "root", "--generate")).ExitCode.Should().Be(0);

        var (exitCode, checks) = await LookAsync(options);
        var changed = await RunAsync(options, "user", "password", "root", "--generate");
        var nobody = await RunAsync(options, "user", "password", "nobody", "--generate");

        exitCode.Should().Be(0, string.Join("; ", checks));
        checks["maohome"].Should().Be(("ok", $"{options} answers, schema up to date"));
        checks["maodata"].Status.Should().Be("ok");
        (changed.ExitCode, nobody.ExitCode).Should().Be((0, 1), changed.Error);
        Directory.GetFiles(Data, "mao*.db").Should().BeEmpty();
    }

    [ContractFact]
    public async Task What_is_wrong_with_the_server_is_said()
    {
        var options = server.Fresh();
        (await RunAsync(options, "init", "--no-demo", "--admin-user", "root", "--generate")).ExitCode.Should().Be(0);

        var (exitCode, elsewhere) = await LookAsync(options with { Port = 1 });
        var (_, stranger) = await LookAsync(options with { User = "nobody", Password = "n0body5-own-Word" });
        var (_, empty) = await LookAsync(options with { MaoHome = "not_there" });
        var verb = await RunAsync(options with { Port = 1 }, "user", "password", "root", "--generate");

        (exitCode, elsewhere["maohome"].Status, elsewhere["maodata"].Status).Should().Be((1, "failed", "failed"));
        elsewhere["maohome"].Message.Should().Contain("127.0.0.1:1");
        elsewhere["gateway"].Status.Should().NotBeNull("the rest is looked at all the same");
        stranger["maohome"].Message.Should().Contain("nobody").And.Contain("ccess denied").And.NotContain("n0body5-own-Word");
        empty["maohome"].Message.Should().Contain("not_there").And.Contain("mao init");
        verb.ExitCode.Should().Be(3);
        verb.Error.Should().StartWith("the database: ");
    }

    private async Task<(int ExitCode, Dictionary<string, (string Status, string Message)> Checks)> LookAsync(DatabaseOptions options)
    {
        var run = await RunAsync(options, "doctor", "--url", "http://127.0.0.1:1", "--json");
        var checks = JsonNode.Parse(run.Output)!["checks"]!.AsArray()
            .ToDictionary(check => (string)check!["name"]!, check => ((string)check!["status"]!, (string)check["message"]!));
        return (run.ExitCode, checks);
    }

    private Task<MaoRun> RunAsync(DatabaseOptions options, params string[] words) => Mao.RunAsync(
        [.. words, "--data-dir", Data],
        "",
        null,
        ("DB_PROVIDER", "mysql"),
        ("MYSQL_HOST", options.Host),
        ("MYSQL_PORT", options.Port.ToString()),
        ("MYSQL_USER", options.User),
        ("MYSQL_PASSWORD", options.Password),
        ("DB_MAOHOME", options.MaoHome),
        ("DB_MAODATA", options.MaoData),
        ("MAO_PORT", "0"));
}
