using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MaoTrade.Tests.Api.Commands;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_just_made_has_no_fault_but_engines_that_were_never_started()
    {
        await Mao.RunAsync(["init", "--data-dir", Data]);

        var (exitCode, checks) = await LookAsync();

        exitCode.Should().Be(1);
        checks.Where(check => check.Value.Status == "failed").Select(check => check.Key).Should().BeEquivalentTo("engine demo1", "engine demo2");
        checks.Keys.Should().Contain(["settings", "data folder", "keys", "first-run.json", "disk", "clock", "key age", "maohome", "maodata", "gateway"]);
    }

    [Fact]
    public async Task What_the_pod_knows_of_an_engine_that_does_not_run_is_told()
    {
        await Mao.RunAsync(["init", "--data-dir", Data]);
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(Data, "maohome.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "UPDATE mtpods SET detail = 'no image mao-engine' WHERE name = 'mt-demo1'";
            (await command.ExecuteNonQueryAsync()).Should().Be(1);
        }

        var (_, checks) = await LookAsync();

        checks["engine demo1"].Message.Should().EndWith(": no image mao-engine");
        checks["engine demo2"].Message.Should().NotContain("image");
    }

    [Fact]
    public async Task Without_anything_that_should_run_nothing_fails()
    {
        await Mao.RunAsync(["init", "--data-dir", Data, "--no-demo", "--admin-user", "root", "--generate"]);

        var (exitCode, checks) = await LookAsync();

        exitCode.Should().Be(0, string.Join("; ", checks));
        checks["first-run.json"].Status.Should().Be("ok", "it is gone");
    }

    [Theory]
    [InlineData("", "data folder")]
    [InlineData("keys", "keys")]
    [InlineData("first-run.json", "first-run.json")]
    public async Task What_others_may_reach_is_a_fault(string path, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await Mao.RunAsync(["init", "--data-dir", Data]);
        var file = Path.Combine(Data, path);
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);

        var (_, checks) = await LookAsync();

        checks[name].Status.Should().Be("failed");
        checks[name].Message.Should().Contain("chmod");
    }

    [Fact]
    public async Task Keys_are_due_after_thirty_days()
    {
        await Mao.RunAsync(["init", "--data-dir", Data]);

        (await LookAsync(new ShiftedClock(TimeSpan.FromDays(29)))).Checks["key age"].Status.Should().Be("ok");
        var (_, checks) = await LookAsync(new ShiftedClock(TimeSpan.FromDays(31)));

        checks["key age"].Status.Should().Be("warning");
        checks["key age"].Message.Should().Contain("mao keys rotate");
    }

    [Fact]
    public async Task A_clock_before_what_was_written_is_a_fault()
    {
        await Mao.RunAsync(["init", "--data-dir", Data]);

        (await LookAsync(new ShiftedClock(TimeSpan.FromHours(-1)))).Checks["clock"].Status.Should().Be("failed");
    }

    [Fact]
    public async Task A_missing_database_and_wrong_settings_are_told()
    {
        var (exitCode, checks) = await LookAsync();
        (exitCode, checks["maohome"].Status).Should().Be((1, "failed"));

        var run = await Mao.RunAsync(["doctor", "--data-dir", Data], "", null, ("ENGINE_DOWNLOADS", "many"));
        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("settings\tfailed\tENGINE_DOWNLOADS");
    }

    [Fact]
    public async Task A_gateway_that_runs_is_looked_at()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.App.Services.GetService(typeof(MaoApi.Hosting.Readiness)).As<MaoApi.Hosting.Readiness>().Open();

        var run = await Mao.RunAsync(["doctor", "--data-dir", gateway.DataDir, "--url", gateway.Http.BaseAddress!.ToString(), "--json"]);

        Checks(run)["gateway"].Message.Should().StartWith(gateway.Http.BaseAddress.ToString());
    }

    private async Task<(int ExitCode, Dictionary<string, (string Status, string Message)> Checks)> LookAsync(TimeProvider? time = null)
    {
        var run = await Mao.RunAsync(["doctor", "--data-dir", Data, "--url", "http://127.0.0.1:1", "--json"], "", time, ("MAO_PORT", "0"));
        return (run.ExitCode, Checks(run));
    }

    private static Dictionary<string, (string Status, string Message)> Checks(MaoRun run) => JsonNode.Parse(run.Output)!["checks"]!.AsArray()
        .ToDictionary(check => (string)check!["name"]!, check => ((string)check!["status"]!, (string)check["message"]!));

    /// <summary>This machine's clock, but for a difference.</summary>
    private sealed class ShiftedClock(TimeSpan difference) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + difference;
    }
}
