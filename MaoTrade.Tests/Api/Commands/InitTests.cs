using System.Text.Json.Nodes;
using MaoApi.Hosting;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Commands;

public sealed class InitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_data_folder_is_made_and_the_second_time_left_alone()
    {
        var run = await Mao.RunAsync(["init", "--data-dir", Data, "--json"]);

        (run.ExitCode, run.Error).Should().Be((0, ""));
        ((string)JsonNode.Parse(run.Output)!["firstRun"]!).Should().Be(Path.Combine(Data, "first-run.json"));
        var first = FirstRunFile.Read(Path.Combine(Data, "first-run.json"))!;
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Data).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        (await Mao.RunAsync(["init", "--data-dir", Data])).ExitCode.Should().Be(0);
        FirstRunFile.Read(Path.Combine(Data, "first-run.json"))!.Password.Should().Be(first.Password);
    }

    [Fact]
    public async Task Without_a_demo_there_is_an_administrator_and_nothing_else()
    {
        var run = await Mao.RunAsync(["init", "--data-dir", Data, "--no-demo", "--admin-user", "root"], "a longer staple\n");

        run.ExitCode.Should().Be(0, run.Error);
        File.Exists(Path.Combine(Data, "first-run.json")).Should().BeFalse();
        (await Mao.RunAsync(["user", "password", "root", "--data-dir", Data, "--generate"])).ExitCode.Should().Be(0, "the user is there");
        (await Mao.RunAsync(["user", "password", "demo", "--data-dir", Data, "--generate"])).ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Nobody_is_left_without_a_way_in()
    {
        var run = await Mao.RunAsync(["init", "--data-dir", Data, "--no-demo"]);

        (run.ExitCode, Directory.Exists(Data)).Should().Be((2, false));
        run.Error.Should().StartWith("--admin-user");
    }

    [Fact]
    public async Task A_folder_a_gateway_runs_on_is_left_alone()
    {
        using var held = DataFolder.Open(Data);

        var run = await Mao.RunAsync(["init", "--data-dir", Data]);

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("Another gateway runs");
    }
}
