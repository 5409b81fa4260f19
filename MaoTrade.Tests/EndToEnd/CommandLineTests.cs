using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>The command line as processes, beside a gateway that trades.</summary>
[Collection("processes")]
public sealed class CommandLineTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);

    private readonly ProcessFolder _folder = new();

    private string Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_made_served_looked_at_and_commanded()
    {
        var (made, output) = await RunAsync("init", "--json");
        made.Should().Be(0);
        JsonDocument.Parse(output).RootElement.GetProperty("dataDir").GetString().Should().Be(Data);

        await using var gateway = await GatewayProcess.StartAsync(Data);
        await gateway.LogInAsync();
        await Until.TrueAsync("the account trades", Deadline, async () =>
            (await gateway.GetAsync("/clientmt/portfolio?accountId=demo1")).GetProperty("accounts")[0].GetProperty("portfolio")
            is { ValueKind: JsonValueKind.Object } portfolio && portfolio.GetProperty("frame").GetInt64() > 0);

        var (exitCode, portfolio) = await RunAsync("portfolio", "--account", "demo1", "--json");
        exitCode.Should().Be(0);
        JsonDocument.Parse(portfolio).RootElement.GetProperty("accounts")[0].GetProperty("accountId").GetString().Should().Be("demo1");

        var (called, standing) = await RunAsync("call", "demo1", """{"service":5}""");
        called.Should().Be(0);
        JsonDocument.Parse(standing).RootElement.GetProperty("data").GetProperty("accountId").GetString().Should().Be("demo1");

        (await RunAsync("call", "demo1", """{"service":2,"data":{"srvId":13,"orderId":"none"}}""")).ExitCode.Should().Be(1);
        (await RunAsync("orders")).ExitCode.Should().Be(1, "several accounts, and none was named");
        (await RunAsync("orders", "--account", "nobodys")).ExitCode.Should().Be(4);
        (await RunAsync("orders", "--limit", "many")).ExitCode.Should().Be(2);
        (await RunAsync("check", "engine", "--warn", "60000", "--crit", "60000")).Output.Should().StartWith("MAOENGINE OK - ");

        var zip = _folder.File("log.zip");
        (await RunAsync("logs", "get", "--account", "demo1", "--output", zip)).ExitCode.Should().Be(0);
        using (var archive = System.IO.Compression.ZipFile.OpenRead(zip))
        {
            archive.Entries.Should().ContainSingle().Which.Name.Should().StartWith("maotrade-");
        }

        (await gateway.Process.StopAsync()).Should().Be(0);
        (await RunAsync("portfolio")).ExitCode.Should().Be(3, "the gateway is gone");
        (await RunAsync("check", "api")).ExitCode.Should().Be(2);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params IEnumerable<string> words)
    {
        await using var process = GatewayProcess.Begin([.. words, "--data-dir", Data]);
        return (await process.ExitCodeAsync(), await process.OutputAsync());
    }
}
