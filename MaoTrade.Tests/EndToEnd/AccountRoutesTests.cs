using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>The routes of an account through a real gateway to a real engine.</summary>
[Collection("processes")]
public sealed class AccountRoutesTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);

    private readonly ProcessFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_account_is_looked_at_changed_tested_and_killed()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.File("data"));
        await gateway.LogInAsync();
        await Until.TrueAsync("the account trades", Deadline, async () =>
            (await gateway.GetAsync("/clientmt/portfolio?accountId=demo1")).GetProperty("accounts")[0].GetProperty("portfolio")
            is { ValueKind: JsonValueKind.Object } portfolio && portfolio.GetProperty("frame").GetInt64() > 0);

        await ShouldShowSystemsAsync(gateway);
        await ShouldChangeConfigurationAsync(gateway);
        await ShouldTestAsync(gateway);
        await ShouldKillAsync(gateway);

        var performance = await gateway.GetAsync("/clientmt/performance?accountId=demo1&period=7d");
        performance.GetProperty("currency").GetString().Should().NotBeEmpty();
        performance.GetProperty("figures").GetProperty("totalReturn").ValueKind.Should().Be(JsonValueKind.Number, "the equity of today is known");
        performance.GetProperty("days").GetArrayLength().Should().BePositive();
        await ShouldResumeDownloadAsync(gateway);
        (await gateway.Process.StopAsync()).Should().Be(0);
    }

    private static async Task ShouldShowSystemsAsync(GatewayProcess gateway)
    {
        var systems = (await gateway.GetAsync("/clientmt/systems?accountId=demo1")).GetProperty("systems");
        systems.EnumerateArray().Select(system => system.GetProperty("name").GetString()).Should().Contain("MacdCrossover");
        var signal = (await gateway.PostAsync("/clientmt/signal/crud", """{"accountId":"demo1","op":"read"}""")).GetProperty("signals")[0];
        var id = signal.GetProperty("signalId").GetString();
        (await gateway.GetAsync($"/clientmt/systems/{id}/state?accountId=demo1")).GetProperty("system").GetString()
            .Should().Be(signal.GetProperty("system").GetString());
        (await gateway.GetAsync($"/clientmt/systems/{id}/chart?accountId=demo1")).GetProperty("areas").ValueKind.Should().Be(JsonValueKind.Array);
        (await gateway.GetAsync($"/clientmt/systems/{id}/log?accountId=demo1&limit=5")).GetProperty("items").ValueKind.Should().Be(JsonValueKind.Array);
        var blocked = await gateway.PostAsync("/clientmt/systems/block", $$"""{"accountId":"demo1","signalId":"{{id}}","blocked":true}""");
        blocked.GetProperty("signal").GetProperty("blocked").GetBoolean().Should().BeTrue();
        using var unknown = await gateway.Http.GetAsync(new Uri("/clientmt/systems/none/state?accountId=demo1", UriKind.Relative));
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task ShouldChangeConfigurationAsync(GatewayProcess gateway)
    {
        using var stale = await gateway.SendAsync("/clientmt/account/update", """{"accountId":"demo1","version":99}""");
        stale.StatusCode.Should().Be(HttpStatusCode.Conflict);
        var update = """{"accountId":"demo1","version":VERSION,"dailyCleanTime":"23:30","risk":{"enabled":true,"maxQty":5000}}""";
        JsonElement? config = null;
        for (var version = 0; config is null && version < 5; version++)
        {
            using var answer = await gateway.SendAsync("/clientmt/account/update", update.Replace("VERSION", $"{version}", StringComparison.Ordinal));
            config = answer.IsSuccessStatusCode
                ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("data").GetProperty("config")
                : null;
        }

        config!.Value.GetProperty("dailyCleanTime").GetString().Should().Be("23:30");
        config.Value.GetProperty("risk").GetProperty("maxQty").GetDecimal().Should().Be(5_000);
        using var refused = await gateway.SendAsync("/clientmt/orders/open", """{"accountId":"demo1","epic":"USDJPY","opType":1,"qty":5001}""");
        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity, "the new limit holds");
    }

    private async Task ShouldTestAsync(GatewayProcess gateway)
    {
        var market = Directory.CreateDirectory(_folder.File("data/market"));
        await File.WriteAllLinesAsync(
            Path.Combine(market.FullName, "ABC.csv"),
            ["date,open,high,low,close", .. Enumerable.Range(0, 40).Select(i => $"2026-01-01T{i / 60:00}:{i % 60:00}:00,{10 + (i % 7)},{20 + i},5,{11 + (i % 5)}")]);
        var job = await gateway.PostAsync(
            "/clientmt/backtest/start", """{"accountId":"demo1","system":"MacdCrossover","epic":"ABC","params":{"fast_period":3,"slow_period":6,"qty":1}}""");
        var id = job.GetProperty("jobId").GetString();
        await Until.TrueAsync("the test is done", Deadline, async () =>
            (await gateway.GetAsync($"/clientmt/backtest/{id}?accountId=demo1")).GetProperty("state").GetString() is "done" or "failed");
        var report = await gateway.GetAsync($"/clientmt/backtest/{id}/result?accountId=demo1");
        report.GetProperty("bars").GetInt32().Should().Be(40);
        using var foreign = await gateway.Http.GetAsync(new Uri($"/clientmt/backtest/{id}?accountId=demo2", UriKind.Relative));
        foreign.StatusCode.Should().Be(HttpStatusCode.NotFound, "a test belongs to its engine");
    }

    private static async Task ShouldKillAsync(GatewayProcess gateway)
    {
        (await gateway.PostAsync("/clientmt/killswitch", """{"accountId":"demo1","reason":"enough"}""")).GetProperty("blocked").GetBoolean().Should().BeTrue();
        var portfolio = (await gateway.GetAsync("/clientmt/portfolio?accountId=demo1")).GetProperty("accounts")[0].GetProperty("portfolio");
        portfolio.GetProperty("blocked").GetBoolean().Should().BeTrue();
        using var refused = await gateway.SendAsync("/clientmt/orders/open", """{"accountId":"demo1","epic":"USDJPY","opType":1,"qty":1}""");
        refused.IsSuccessStatusCode.Should().BeFalse();
        (await gateway.PostAsync("/clientmt/killswitch", """{"accountId":"demo1","blocked":false,"reason":"over"}"""))
            .GetProperty("blocked").GetBoolean().Should().BeFalse();
    }

    /// <summary>A download that broke off goes on where it ended.</summary>
    private async Task ShouldResumeDownloadAsync(GatewayProcess gateway)
    {
        await File.WriteAllLinesAsync(
            _folder.File("data/accounts/demo1/logs/maotrade-2026-01-05.log"), Enumerable.Range(0, 5_000).Select(i => $"line {i * 7919 % 10007}"));
        using var whole = await DownloadAsync(gateway);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        whole.Headers.ETag!.Tag.Should().Be($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"");

        using var rest = await DownloadAsync(gateway, new RangeHeaderValue(100, null), whole.Headers.ETag);

        rest.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await rest.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[100..]);
    }

    private static async Task<HttpResponseMessage> DownloadAsync(GatewayProcess gateway, RangeHeaderValue? range = null, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/clientmt/log")
        {
            Content = new StringContent("""{"accountId":"demo1","logDate":"2026-01-05"}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Range = range;
        request.Headers.IfRange = known is null ? null : new RangeConditionHeaderValue(known);
        return await gateway.Http.SendAsync(request);
    }
}
