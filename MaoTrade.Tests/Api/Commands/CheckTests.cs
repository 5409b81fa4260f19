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
