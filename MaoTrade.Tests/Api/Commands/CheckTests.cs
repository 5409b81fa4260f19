using System.Text.Json;
using MaoApi.Commands.Checks;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Commands;

public sealed class CheckTests
{
    private const string Ready = """{"accountId":"one","state":"ready","brokerConnected":true,"lastFrameAt":null,"unknownOrders":0,"drift":0}""";

    [Fact]
    public void A_line_is_what_monitoring_programs_read() =>
        new CheckResult(0, "all | well\nhere", new CheckFigure("ms", 12, 250, 500), new CheckFigure("n", 1.5)).ToLine("MAOAPI")
            .Should().Be("MAOAPI OK - all / well here | ms=12;250;500 n=1.5");

    [Theory]
    [InlineData(249, 0)]
    [InlineData(250, 1)]
    [InlineData(500, 2)]
    public void A_figure_at_its_threshold_is_judged_by_it(double value, int state) =>
        new CheckResult(0, "", new CheckFigure("ms", value, 250, 500)).Judged().State.Should().Be(state);

    [Fact]
    public async Task A_gateway_that_is_ready_is_ok_and_one_that_is_not_there_is_critical()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.App.Services.GetService(typeof(MaoApi.Hosting.Readiness)).As<MaoApi.Hosting.Readiness>().Open();
        gateway.Engine.Answer = _ => FakeReply.Done(Ready);

        var run = await Mao.RunAsync(["check", "api", "--url", gateway.Http.BaseAddress!.ToString(), "--warn", "60000", "--crit", "60000"]);

        run.Output.Should().MatchRegex(@"^MAOAPI (OK - ready|WARNING - degraded) \| ms=\d+;60000;60000\r?\n$");
        run.ExitCode.Should().Be(run.Output.Contains("ready", StringComparison.Ordinal) ? 0 : 1);
        var gone = await Mao.RunAsync(["check", "api", "--url", "http://127.0.0.1:1"]);
        gone.ExitCode.Should().Be(2);
        gone.Output.Should().StartWith("MAOAPI CRITICAL - no answer");
    }

    [Theory]
    [InlineData(Ready, 0, "OK - one ready")]
    [InlineData("""{"state":"blocked","brokerConnected":true,"unknownOrders":0}""", 1, "WARNING - one blocked")]
    [InlineData("""{"state":"ready","brokerConnected":false,"unknownOrders":0}""", 1, "WARNING - one no connection to the broker")]
    [InlineData("""{"state":"ready","brokerConnected":true,"unknownOrders":2}""", 2, "CRITICAL - one 2 orders of unknown outcome")]
    [InlineData("""{"state":"starting","brokerConnected":true,"unknownOrders":0}""", 1, "WARNING - one starting")]
    public async Task An_engine_is_judged_by_what_it_says_of_itself(string standing, int state, string line)
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done(standing);

        var run = await gateway.OnFolderAsync("", "check", "engine", "--account", "one", "--warn", "60000", "--crit", "60000");

        run.ExitCode.Should().Be(state, run.Output);
        run.Output.Should().StartWith("MAOENGINE " + line);
    }

    [Fact]
    public async Task An_engine_that_is_dead_or_silent_is_critical()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Silence;
        (await gateway.OnFolderAsync("", "check", "engine", "--account", "one", "--timeout", "0.3")).ExitCode.Should().Be(2);

        await gateway.Engine.DisposeAsync();
        (await gateway.OnFolderAsync("", "check", "engine", "--account", "one")).ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task With_a_monitors_key_engines_are_asked_through_the_gateway()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done(Ready);
        var key = System.IO.Path.Combine(gateway.DataDir, "key.json");
        await File.WriteAllTextAsync(key, JsonSerializer.Serialize(gateway.MonitorKey, JsonSerializerOptions.Web));
        string[] words = ["check", "engine", "--url", gateway.Http.BaseAddress!.ToString(), "--key-file", key, "--warn", "60000", "--crit", "60000"];

        var well = await Mao.RunAsync([.. words, "--account", "one"]);
        var all = await Mao.RunAsync(words);
        var nobody = await Mao.RunAsync([.. words, "--account", "nobody"]);
        await gateway.Engine.DisposeAsync();
        var dead = await Mao.RunAsync([.. words, "--account", "one"]);

        well.Output.Should().StartWith("MAOENGINE OK - one ready | ms=");
        all.Output.Should().Be("MAOENGINE UNKNOWN - there are no engines that are meant to run\n", "no account has a pod");
        nobody.ExitCode.Should().Be(3, nobody.Output);
        dead.Output.Should().StartWith("MAOENGINE CRITICAL - one does not answer: ");
    }

    [Fact]
    public async Task What_cannot_be_checked_is_unknown()
    {
        using var folder = new TemporaryFolder();

        (await Mao.RunAsync(["check", "pods", "--data-dir", folder.Path])).ExitCode.Should().Be(3, "there is no key");
        (await Mao.RunAsync(["check", "api", "--warn", "9", "--crit", "1"])).ExitCode.Should().Be(3);
        (await Mao.RunAsync(["check", "api", "--timeout", "0"])).ExitCode.Should().Be(3);
    }

    [Theory]
    [InlineData("""[{"accountId":"a","opMode":"running","state":"running"}]""", null, 0)]
    [InlineData("""[{"accountId":"a","opMode":"running","state":"running"},{"accountId":"b","opMode":"running","state":"error"}]""", null, 2)]
    [InlineData("""[{"accountId":"a","opMode":"running","state":"running"},{"accountId":"b","opMode":"running","state":"error"}]""", "a", 0)]
    [InlineData("""[{"accountId":"a","opMode":"running","state":"stopped"}]""", null, 1)]
    [InlineData("""[{"accountId":"a","opMode":"stopped","state":"stopped"}]""", null, 0)]
    [InlineData("[]", "a", 3)]
    public void Pods_are_judged_by_what_is_wanted_and_what_is(string pods, string? account, int state) =>
        MonitorReport.Pods(Of("pods", pods), account).State.Should().Be(state);

    [Theory]
    [InlineData("error", 2, "in error: a (no such image), b")]
    [InlineData("stopped", 1, "not running: a (no such image), b")]
    [InlineData("running", 1, "in trouble: a (no such image)")]
    public void What_stands_in_an_engine_s_way_is_in_the_line(string state, int expected, string text)
    {
        var pods = $$"""[{"accountId":"a","opMode":"running","state":"{{state}}","detail":"no such image"},{"accountId":"b","opMode":"running","state":"{{state}}","detail":null}]""";

        var result = MonitorReport.Pods(Of("pods", pods), null);

        (result.State, result.Text).Should().Be((expected, text));
    }

    [Theory]
    [InlineData("""{"status":"ready","checks":{}}""", 0)]
    [InlineData("""{"status":"degraded","checks":{"pods":{"status":"degraded","message":"1 not running"},"disk":{"status":"healthy"}}}""", 0)]
    [InlineData("""{"status":"degraded","checks":{"pods":{"status":"degraded","message":""},"disk":{"status":"degraded","message":"9 MiB free"}}}""", 1)]
    [InlineData("""{"status":"degraded"}""", 1)]
    [InlineData("""{"status":"unready"}""", 2)]
    [InlineData("""{"other":"page"}""", 2)]
    public void A_gateway_is_judged_by_what_no_other_check_looks_at(string data, int state) =>
        HealthReport.Of(Of("data", data), new CheckFigure("ms", 1, 250, 500)).State.Should().Be(state);

    [Theory]
    [InlineData("{}", 0, "a ready")]
    [InlineData("""{"opMode":"stopped","answers":false}""", 0, "a is meant to be stopped")]
    [InlineData("""{"answers":false,"message":"the engine cannot be reached"}""", 2, "a does not answer: the engine cannot be reached")]
    [InlineData("""{"stale":true}""", 2, "a answers, but its trade loop stands still")]
    [InlineData("""{"unknownOrders":3,"feedAvailable":false}""", 2, "a 3 orders of unknown outcome")]
    [InlineData("""{"brokerConnected":false}""", 1, "a no connection to the broker")]
    [InlineData("""{"feedAvailable":false,"lastFrameAt":"2026-01-05T08:00:00Z"}""", 1, "a has no fresh prices since 2026-01-05T08:00:00Z")]
    [InlineData("""{"feedAvailable":null,"stale":null}""", 0, "a ready")]
    [InlineData("""{"ms":500}""", 2, "a ready")]
    public void An_engine_is_judged_by_what_the_gateway_says_of_it(string changes, int state, string text)
    {
        var standing = System.Text.Json.Nodes.JsonNode.Parse(
            """{"accountId":"a","opMode":"running","answers":true,"message":"","ms":2,"state":"ready","stale":false,"brokerConnected":true,"feedAvailable":true,"lastFrameAt":null,"unknownOrders":0}""")!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(changes)!.AsObject())
        {
            standing[name] = value?.DeepClone();
        }

        var result = EngineReport.Of(JsonElement.Parse(standing.ToJsonString()), 250, 500);

        (result.State, result.Text).Should().Be((state, text));
    }

    [Theory]
    [InlineData("""[{"name":"pod","machine":"m","lastAt":"2026-01-05T08:00:00Z","silentS":59}]""", 0)]
    [InlineData("""[{"name":"pod","machine":"m","lastAt":"2026-01-05T08:00:00Z","silentS":60}]""", 1)]
    [InlineData("""[{"name":"pod","machine":"m","lastAt":"2026-01-05T08:00:00Z","silentS":120}]""", 2)]
    [InlineData("""[{"name":"api","machine":"m","lastAt":"2026-01-05T08:00:00Z","silentS":0}]""", 2)]
    public void A_role_is_judged_by_how_long_it_was_silent(string roles, int state) =>
        MonitorReport.Role(Of("roles", roles), "pod", 60, 120).State.Should().Be(state);

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("""[{"name":"a","lastState":"done","lateS":0}]""", 0)]
    [InlineData("""[{"name":"a","lastState":"failed","lateS":0}]""", 1)]
    [InlineData("""[{"name":"a","lastState":"done","lateS":300},{"name":"b","lastState":"done","lateS":null}]""", 1)]
    [InlineData("""[{"name":"a","lastState":"done","lateS":3600}]""", 2)]
    public void Jobs_are_judged_by_how_late_they_are(string jobs, int state) =>
        MonitorReport.Jobs(Of("jobs", jobs), 300, 3_600).State.Should().Be(state);

    [Theory]
    [InlineData("""{"lastAt":"2026-01-05T08:00:00Z","lagS":1,"dropped":0}""", 0)]
    [InlineData("""{"lastAt":null,"lagS":61,"dropped":0}""", 1)]
    [InlineData("""{"lastAt":null,"lagS":1,"dropped":5}""", 1)]
    [InlineData("""{"lastAt":null,"lagS":301,"dropped":5}""", 2)]
    public void Logs_are_judged_by_their_lag_and_by_what_was_dropped(string logs, int state) =>
        MonitorReport.Logs(Of("logs", logs), 60, 300).State.Should().Be(state);

    private static JsonElement Of(string name, string json) => JsonElement.Parse($$"""{"{{name}}":{{json}}}""");
}
