using System.Net;
using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>A machine is lost after its last back-up; the broker is not.</summary>
[Collection("processes")]
public sealed class BackupTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);
    private readonly ProcessFolder _folder = new();

    private string Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_traded_after_the_back_up_is_taken_over_from_the_broker_and_nothing_is_sent_for_it()
    {
        var archive = _folder.File("kept.zip");
        await using (var gateway = await GatewayProcess.StartAsync(Data))
        {
            await gateway.LogInAsync();
            await BuyAsync(gateway, "kept");
            await PositionShouldBeAsync(gateway, 10);
            await MaoAsync("backup", "make", "--data-dir", Data, "--out", archive);
            await BuyAsync(gateway, "after");
            await PositionShouldBeAsync(gateway, 20);
            (await gateway.Process.StopAsync()).Should().Be(0);
        }

        foreach (var lost in Directory.EnumerateFileSystemEntries(Data).Where(path => Path.GetFileName(path) != "paper").ToArray())
        {
            if (Directory.Exists(lost))
            {
                Directory.Delete(lost, recursive: true);
            }
            else
            {
                File.Delete(lost);
            }
        }

        await MaoAsync("backup", "restore", archive, "--data-dir", Data);
        await using var restored = await GatewayProcess.StartAsync(Data);
        Processes.Of(Data, " run ").Should().BeEmpty("a restored account waits for somebody");
        await restored.LogInAsAdminAsync();
        using (var started = await restored.SendAsync("/admin/pods/start", """{"accountId":"demo1"}"""))
        {
            started.StatusCode.Should().Be(HttpStatusCode.Accepted);
        }

        await restored.LogInAsync();
        await PositionShouldBeAsync(restored, 20);
        var again = await restored.PostAsync("/clientmt/orders/open", Order("kept"));
        again.GetProperty("duplicate").GetBoolean().Should().BeTrue("orders made before the back-up are known");
        (await restored.Process.StopAsync()).Should().Be(0);
    }

    private static string Order(string id) => $$"""{"accountId":"demo1","clientOrderId":"{{id}}","epic":"USDJPY","opType":1,"qty":10}""";

    private static async Task BuyAsync(GatewayProcess gateway, string id) => await Until.TrueAsync($"order {id} is taken", Deadline, async () =>
    {
        using var answer = await gateway.SendAsync("/clientmt/orders/open", Order(id));
        return answer.IsSuccessStatusCode;
    });

    private static async Task PositionShouldBeAsync(GatewayProcess gateway, decimal qty)
    {
        var last = "";
        await Until.TrueAsync($"a position of {qty} USDJPY is shown, which the broker confirms", Deadline, pause: TimeSpan.FromMilliseconds(200), ask: async () =>
        {
            using var answer = await gateway.Http.GetAsync(new Uri("/clientmt/portfolio?accountId=demo1", UriKind.Relative));
            last = await answer.Content.ReadAsStringAsync();
            using var json = JsonDocument.Parse(last);
            return answer.IsSuccessStatusCode && json.RootElement.GetProperty("data") is { ValueKind: JsonValueKind.Object } data
                && last.Contains("USDJPY", StringComparison.Ordinal) && Position(data) == qty;
        });
    }

    private static decimal? Position(JsonElement data) => data.GetProperty("accounts").EnumerateArray()
        .Select(account => account.GetProperty("portfolio")).Where(portfolio => portfolio.ValueKind == JsonValueKind.Object)
        .SelectMany(portfolio => portfolio.GetProperty("positions").EnumerateArray())
        .Where(position => position.GetProperty("epic").GetString() == "USDJPY")
        .Select(position => (decimal?)position.GetProperty("qty").GetDecimal()).FirstOrDefault();

    private static async Task MaoAsync(params string[] words)
    {
        await using var process = GatewayProcess.Begin(words);
        (await process.ExitCodeAsync()).Should().Be(0, await process.ErrorAsync());
    }
}
