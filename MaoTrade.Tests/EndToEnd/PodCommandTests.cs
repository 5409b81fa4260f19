using System.Net;
using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>What an administrator does to engines, with real ones.</summary>
[Collection("processes")]
public sealed class PodCommandTests : IDisposable
{
    private const string Demo1 = """{"accountId":"demo1"}""";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);
    private readonly ProcessFolder _folder = new();

    private string Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Engines_are_stopped_started_given_up_and_started_again()
    {
        await using var gateway = await GatewayProcess.StartAsync(Data);
        await gateway.LogInAsAdminAsync();
        var first = await PodAsync(gateway);
        first.GetProperty("memoryBytes").GetInt64().Should().BeGreaterThan(10 * 1024 * 1024);
        var process = Engine();

        await AcceptedAsync(gateway, "stop");
        await Until.TrueAsync("the engine stops", Deadline, async () => State(await PodAsync(gateway)) == "stopped" && Engines().Length == 0);
        (await PodAsync(gateway)).GetProperty("exitCode").GetInt32().Should().Be(0);

        await AcceptedAsync(gateway, "start");
        await Until.TrueAsync("the engine is back", Deadline, () => Task.FromResult(Engines().Length == 1));
        Engine().Should().NotBe(process);

        // Killed more often than it may be: the pod gives up, and only a person starts it again.
        for (var kills = 0; State(await PodAsync(gateway)) != "error"; kills++)
        {
            kills.Should().BeLessThan(7, "five restarts in ten minutes are enough");
            var victim = 0;
            await Until.TrueAsync("an engine runs, or the pod gave up", Deadline, async () =>
                (victim = Engines().FirstOrDefault()) != 0 || State(await PodAsync(gateway)) == "error");
            if (victim != 0)
            {
                Processes.Kill(victim);
                await Until.TrueAsync("the killed engine is gone", Deadline, () => Task.FromResult(!Engines().Contains(victim)));
            }
        }

        await AcceptedAsync(gateway, "start");
        await Until.TrueAsync("the engine given up runs again", Deadline, async () => State(await PodAsync(gateway)) == "running" && Engines().Length == 1);

        var lines = (await gateway.PostAsync("/admin/pods/logs", """{"accountId":"demo1","lines":50}""")).GetProperty("lines");
        lines.GetArrayLength().Should().BeInRange(1, 50);
        (await gateway.Process.StopAsync()).Should().Be(0);
        Processes.Of(Data, "").Should().BeEmpty();
    }

    private static string? State(JsonElement pod) => pod.GetProperty("state").GetString();

    private static async Task<JsonElement> PodAsync(GatewayProcess gateway) =>
        (await gateway.PostAsync("/admin/pods/list", """{"filter":{"accountId":"demo1"}}""")).GetProperty("items")[0];

    private static async Task AcceptedAsync(GatewayProcess gateway, string verb)
    {
        using var answer = await gateway.SendAsync($"/admin/pods/{verb}", Demo1);
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    private int[] Engines() => [.. Processes.Of(Data, " run ").Where(id => Processes.Of(Data, "--account-id demo1 ").Contains(id))];

    private int Engine() => Engines().Should().ContainSingle().Subject;
}
