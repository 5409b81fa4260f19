using System.Globalization;
using System.Text;
using System.Text.Json;
using MaoTrade.Engine.Testing.Data;
using MaoTrade.Engine.Testing.Reports;
using MaoTrade.Market.Charts.Reports;
using MaoTrade.Market.Frames;
using MaoTrade.Protocol.Client;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Engine.Testing;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.EndToEnd;

/// <summary>Service 4 of a real engine process, its tests in processes of their own.</summary>
[Collection("processes")]
public sealed class SystemTestServiceTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_job_ends_with_the_report_of_the_same_test_in_this_process()
    {
        var walk = Plans.Walk(600);
        await using var rig = await StartAsync(walk);

        var job = await rig.AskAsync(4, """{"op":"start","system":"MacdCrossover","epic":"WALK","params":{"fast_period":3,"slow_period":7},"rules":{"fee":"percent:0.1","sizing":"qty:5"}}""");
        var jobId = job.GetProperty("jobId").GetString()!;
        job.GetProperty("kind").GetString().Should().Be("backtest");
        await EndedAsync(rig, jobId, "done");
        var report = await rig.AskAsync(4, $$"""{"op":"result","jobId":"{{jobId}}"}""");

        var plan = Plans.BuiltIn("MacdCrossover", """{"fast_period":3,"slow_period":7}""", walk);
        var here = (plan with
        {
            Rules = new() { Fee = MaoTrade.Engine.Testing.Rules.FeeModel.Parse("percent:0.1")!, Sizing = MaoTrade.Engine.Testing.Rules.QuantitySizing.Parse("qty:5")! },
        }).Run();
        here.Orders.Should().NotBeEmpty();
        using var bytes = new MemoryStream();
        JsonReport.Write(here, bytes);
        report.GetRawText().Should().Be(Encoding.UTF8.GetString(bytes.ToArray()).TrimEnd('\n'));

        // Charts are drawn by the test's own process; they too are those of this process.
        using var page = new MemoryStream();
        ReportFile.Write(ChartReport.Of((here.Plan with { KeepsChart = true }).Run()), ReportFormat.Html, page);
        await using var drawn = await rig.Proxy.SendAsync(
            new ProxyRequest(4, Encoding.UTF8.GetBytes($$"""{"op":"report","jobId":"{{jobId}}"}""")) { Idempotent = true, ExpectsPayload = true }, CancellationToken.None);
        drawn.Payload!.ContentType.Should().Be("text/html; charset=utf-8");
        using var told = new MemoryStream();
        await drawn.Payload.Content.CopyToAsync(told);
        told.ToArray().Should().Equal(page.ToArray());
        (await RefusedAsync(rig, $$"""{"op":"report","jobId":"{{jobId}}","format":"pdf"}""")).Should().Be("400 format: html, svg or png is expected");
    }

    [Fact]
    public async Task A_job_can_be_cancelled_and_a_fault_is_told_with_its_field()
    {
        await using var rig = await StartAsync(Plans.Walk(200_000));

        var job = await rig.AskAsync(4, """{"op":"start","system":"MacdCrossover","epic":"WALK"}""");
        var jobId = job.GetProperty("jobId").GetString()!;
        await rig.AskAsync(4, $$"""{"op":"cancel","jobId":"{{jobId}}"}""");
        await EndedAsync(rig, jobId, "cancelled");

        var wrong = await rig.AskAsync(4, """{"op":"start","system":"MacdCrossover","epic":"WALK","params":{"fast_period":99}}""");
        var failed = await EndedAsync(rig, wrong.GetProperty("jobId").GetString()!, "failed");
        failed.GetProperty("error").GetString().Should().Contain("params.fast_period: fast_period must be smaller than slow_period (26), not 99");

        (await RefusedAsync(rig, """{"op":"start","system":"MacdCrossover","data":"../accounts/demo/mt.db"}""")).Should().StartWith("400 data:");
        (await RefusedAsync(rig, """{"op":"start","epic":"WALK"}""")).Should().StartWith("400 system:");
        (await RefusedAsync(rig, """{"op":"status","jobId":"x"}""")).Should().Be("404 jobId: there is no job x");
        (await RefusedAsync(rig, """{"op":"begin"}""")).Should().StartWith("400 op:");
        (await RefusedAsync(rig, $$"""{"op":"result","jobId":"{{jobId}}"}""")).Should().Be("409 jobId: the job is cancelled");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_ends_with_its_engine_however_that_ends(bool killed)
    {
        await using var rig = await StartAsync(Plans.Walk(200_000));
        var job = await rig.AskAsync(4, """{"op":"start","system":"MacdCrossover","epic":"WALK"}""");
        await Until.TrueAsync("the job runs", Deadline, async () =>
            (await rig.AskAsync(4, $$"""{"op":"status","jobId":"{{job.GetProperty("jobId").GetString()}}"}""")).GetProperty("progress").GetDouble() > 0);
        Processes.Of(rig.DataFolder, " backtest ").Should().ContainSingle();

        if (killed)
        {
            await rig.Engine.KillAsync();
        }
        else
        {
            (await rig.Engine.StopAsync()).Should().Be(0);
        }

        await Until.TrueAsync("its process is gone", TimeSpan.FromSeconds(150), () => Task.FromResult(
            Processes.Of(rig.DataFolder, " backtest ").Length == 0));
    }

    private static async Task<TradingRig> StartAsync(BarSeries bars)
    {
        using var folder = new TemporaryFolder();
        var market = folder.File("eurusd.csv");
        await File.WriteAllLinesAsync(market, ["time,open,high,low,close", "2020-01-01T00:00:00Z,1,1,1,1", "2020-01-01T01:00:00Z,1,1,1,1"]);
        var rig = await TradingRig.StartAsync(market, "EURUSD");
        Directory.CreateDirectory(Path.Combine(rig.DataFolder, "market"));
        await File.WriteAllLinesAsync(
            Path.Combine(rig.DataFolder, "market", "WALK.csv"), bars.Frames.Select(Row).Prepend("time,open,high,low,close,volume"));
        return rig;
    }

    private static string Row(Frame frame) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTimeOffset.FromUnixTimeSeconds(frame.UnixSeconds):yyyy-MM-dd'T'HH:mm:ss'Z'},{frame.Open},{frame.High},{frame.Low},{frame.Close},{frame.Volume}");

    private static async Task<JsonElement> EndedAsync(TradingRig rig, string jobId, string state)
    {
        JsonElement job = default;
        await Until.TrueAsync($"the job is {state}", Deadline, async () =>
        {
            job = await rig.AskAsync(4, $$"""{"op":"status","jobId":"{{jobId}}"}""");
            return job.GetProperty("state").GetString() is "done" or "failed" or "cancelled";
        });
        job.GetProperty("state").GetString().Should().Be(state, job.GetRawText());
        job.GetProperty("ended").ValueKind.Should().Be(JsonValueKind.String);
        return job;
    }

    private static async Task<string> RefusedAsync(TradingRig rig, string data)
    {
        await using var reply = await rig.Proxy.SendAsync(
            new ProxyRequest(4, Encoding.UTF8.GetBytes(data)) { Idempotent = true }, CancellationToken.None);
        return $"{reply.Code} {reply.Message}";
    }
}
