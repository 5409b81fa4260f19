using System.Globalization;
using System.Text.Json;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Nagios.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Nagios;

/// <summary>Our plug-ins as Nagios runs them, against a real gateway.</summary>
public sealed class PluginTests : IDisposable
{
    private const string Ready = """{"accountId":"one","state":"ready","brokerConnected":true,"lastFrameAt":null,"unknownOrders":0,"drift":0}""";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> AllOurs { get; } =
        new("check_mao_api", "check_mao_engine", "check_mao_pods", "check_mao_jobs", "check_mao_logs", "check_mao_admin", "check_ssh_failures");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_plug_in_tells_a_gateway_that_is_well_in_one_line_with_figures()
    {
        await using var gateway = await StartAsync();
        string[] site = [.. Site(gateway), "--warn", "60000", "--crit", "60000"];

        (await Plugin.RunAsync("check_mao_api", site)).MustBe(0, @"MAOAPI OK - (ready|degraded: .*) \| ms=\d+;60000;60000");
        (await Plugin.RunAsync("check_mao_api", [.. site, "--role", "api"])).MustBe(0, @"MAOAPI OK - api on .* \| silent=\d+;60000;60000");
        (await Plugin.RunAsync("check_mao_engine", [.. site, "--account", "one"])).MustBe(0, @"MAOENGINE OK - one ready \| ms=\d+;60000;60000");
        (await Plugin.RunAsync("check_mao_pods", site)).MustBe(0, @"MAOPODS OK - \d running \| running=\d error=0 missing=0");
        (await Plugin.RunAsync("check_mao_jobs", site)).MustBe(0, @"MAOJOBS OK - \d+ jobs \| late=\d+;60000;60000 failed=0");
        (await Plugin.RunAsync("check_mao_logs", site)).MustBe(0, @"MAOLOGS OK - last line .* \| lag=\d+;60000;60000 dropped=0");
        (await Plugin.RunAsync("check_mao_admin", "--url", Url(gateway), "--warn", "60", "--crit", "60"))
            .MustBe(0, @"MAOADMIN OK - answers, and asks for a log-in \| time=[\d.]+s;60;60");
    }

    [Fact]
    public async Task What_is_beyond_its_thresholds_is_a_warning_or_critical()
    {
        await using var gateway = await StartAsync();
        gateway.Engine.Answer = request => FakeReply.Done(Ready.Replace("\"ready\"", "\"blocked\"", StringComparison.Ordinal));

        (await Plugin.RunAsync("check_mao_engine", [.. Site(gateway), "--account", "one", "--warn", "60000", "--crit", "60000"]))
            .MustBe(1, @"MAOENGINE WARNING - one blocked \| ms=\d+;60000;60000");
        (await Plugin.RunAsync("check_mao_api", [.. Site(gateway), "--role", "api", "--warn", "0", "--crit", "60000"])).ExitCode.Should().Be(1);
        (await Plugin.RunAsync("check_mao_api", [.. Site(gateway), "--role", "api", "--warn", "0", "--crit", "0"])).ExitCode.Should().Be(2);
        (await Plugin.RunAsync("check_mao_admin", "--url", Url(gateway), "--warn", "0", "--crit", "60")).ExitCode.Should().Be(1);
        (await Plugin.RunAsync("check_mao_admin", "--url", Url(gateway) + "/health/live?", "--warn", "9", "--crit", "9"))
            .MustBe(2, @"MAOADMIN CRITICAL - HTTP \d+ instead of 401 \| .*");
    }

    [Fact]
    public async Task A_gateway_that_is_away_is_critical_and_what_it_would_have_said_unknown()
    {
        await using var gateway = await StartAsync();
        string[] site = [.. Site(gateway)];
        site[Array.IndexOf(site, "--url") + 1] = "http://127.0.0.1:1";

        (await Plugin.RunAsync("check_mao_api", site)).MustBe(2, "MAOAPI CRITICAL - no answer: .*");
        (await Plugin.RunAsync("check_mao_engine", [.. site, "--account", "one"])).MustBe(3, "MAOENGINE UNKNOWN - the gateway does not answer: .*");
        (await Plugin.RunAsync("check_mao_pods", site)).MustBe(3, "MAOPODS UNKNOWN - the gateway does not answer: .*");
        (await Plugin.RunAsync("check_mao_admin", "--url", "http://127.0.0.1:1")).MustBe(2, "MAOADMIN CRITICAL - no answer .*");
    }

    [Fact]
    public async Task A_gateway_that_accepts_and_says_nothing_is_waited_for_no_longer_than_the_time_out()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();

        (await Plugin.RunAsync(
            "check_mao_api", "--program", MaoProgram.Write(_folder), "--url", $"http://{silent.LocalEndpoint}", "--timeout", "1"))
            .MustBe(2, "MAOAPI CRITICAL - no answer within 1 s");
        (await Plugin.RunAsync("check_mao_admin", "--url", $"http://{silent.LocalEndpoint}", "--timeout", "1"))
            .MustBe(2, @"MAOADMIN CRITICAL - no answer within 1 s \(curl 28\)");
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended()
    {
        var program = MaoProgram.Script(_folder, "hangs", "trap '' TERM\nsleep 600 & wait\nsleep 600");

        (await Plugin.RunAsync("check_mao_jobs", "--program", program, "--timeout", "0")).MustBe(3, @"MAOJOBS UNKNOWN - the check itself did not end within 5 s, or was killed");
    }

    [Theory]
    [InlineData("echo 'Unhandled exception | at X'; exit 2", "it ended with 2: Unhandled exception / at X")]
    [InlineData("echo 'MAOJOBS OK - all well'; exit 2", "it ended with 2: MAOJOBS OK - all well")]
    [InlineData("kill -9 $$", "the check itself did not end within 15 s, or was killed")]
    [InlineData("exit 0", "it ended with 0: ")]
    public async Task A_program_that_falls_is_unknown_and_never_well(string program, string said) =>
        (await Plugin.RunAsync("check_mao_jobs", "--program", MaoProgram.Script(_folder, "falls", program))).MustBe(3, $"MAOJOBS UNKNOWN - ({said})");

    [Fact]
    public async Task What_the_program_says_beside_its_line_stays_away() =>
        (await Plugin.RunAsync("check_mao_jobs", "--program", MaoProgram.Script(_folder, "talks", "echo warning >&2; echo 'MAOJOBS OK - 3 jobs | late=0;1;2'; echo more")))
            .MustBe(0, @"MAOJOBS OK - 3 jobs \| late=0;1;2");

    [Fact]
    public async Task Without_program_file_or_words_it_is_unknown()
    {
        (await Plugin.RunAsync("check_mao_pods", "--program", "/nowhere/mao")).MustBe(3, "MAOPODS UNKNOWN - /nowhere/mao cannot be run");
        (await Plugin.RunAsync("check_mao_pods", "--timeout", "soon")).MustBe(3, "MAOPODS UNKNOWN - --timeout wants .*");
        (await Plugin.RunAsync("check_mao_pods", "--program")).MustBe(3, "MAOPODS UNKNOWN - --program wants .*");
        (await Plugin.RunAsync("check_mao_admin", "--colour")).MustBe(3, "MAOADMIN UNKNOWN - --colour is not known.*");
        (await Plugin.RunAsync("check_ssh_failures", "--warn", "many")).MustBe(3, "SSHFAILURES UNKNOWN - .* whole numbers");
        (await Plugin.RunAsync("check_ssh_failures", "--file", "/nowhere")).MustBe(3, "SSHFAILURES UNKNOWN - /nowhere cannot be read");
    }

    [Theory]
    [MemberData(nameof(AllOurs))]
    public async Task Help_names_the_time_out_and_the_exit_codes(string name)
    {
        var help = await Plugin.RunAsync(name, "--help", "--program", MaoProgram.Script(_folder, "helps", "echo \"options of $*\""));

        help.ExitCode.Should().Be(0);
        help.Output.Should().Contain(name).And.Contain("--timeout").And.Contain("0 ok, 1 warning, 2 critical, 3 unknown");
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(9, 2)]
    public async Task Failed_log_ins_are_counted_once_each_and_only_the_latest(int failures, int exitCode)
    {
        var now = TimeProvider.System.GetLocalNow();
        var old = now.AddHours(-2);
        var lines = new List<string>
        {
            $"{Classic(old)} host sshd[1]: Failed password for root from 192.0.2.1 port 1 ssh2",
            $"{old:yyyy-MM-ddTHH:mm:sszzz} host sshd[1]: Failed password for root from 192.0.2.1 port 1 ssh2",
            $"{Classic(now)} host sshd[1]: Accepted publickey for mao from 192.0.2.1 port 1 ssh2",
            $"{Classic(now)} host sudo: Failed password for root",
            $"{now:yyyy-MM-ddTHH:mm:sszzz} host sshd[2]: Invalid user guess from 192.0.2.1 port 2",
            $"{now:yyyy-MM-ddTHH:mm:sszzz} host sshd[2]: Failed password for invalid user guess from 192.0.2.1 port 2 ssh2",
        };
        lines.AddRange(Enumerable.Range(1, failures - 1).Select(n => $"{Classic(now)} host sshd-session[{n}]: Failed password for root from 192.0.2.1 port {n} ssh2"));
        await File.WriteAllLinesAsync(_folder.File("auth.log"), lines);

        var run = await Plugin.RunAsync("check_ssh_failures", "--file", _folder.File("auth.log"), "--warn", "5", "--crit", "9", "--minutes", "30");

        run.MustBe(exitCode, $@"SSHFAILURES (OK|WARNING|CRITICAL) - {failures} failed within 30 min \| failed={failures};5;9");
    }

    private static string Classic(DateTimeOffset time) => time.ToString("MMM", CultureInfo.InvariantCulture) + $" {time.Day,2} {time:HH:mm:ss}";

    private static string Url(Gateway gateway) => gateway.Http.BaseAddress!.ToString().TrimEnd('/');

    private static async Task<Gateway> StartAsync()
    {
        var gateway = await Gateway.StartAsync();
        ((Readiness)gateway.App.Services.GetService(typeof(Readiness))!).Open();
        gateway.Engine.Answer = _ => FakeReply.Done(Ready);
        await Until.TrueAsync("the gateway has told its role and its jobs", TimeSpan.FromSeconds(60), async () =>
        {
            var standing = await gateway.SignedAsync(gateway.MonitorKey, HttpMethod.Get, "/srv/monitor");
            return standing.Data["roles"]!.AsArray().Count > 0 && standing.Data["jobs"]!.AsArray().Count > 0;
        });
        return gateway;
    }

    private IEnumerable<string> Site(Gateway gateway)
    {
        var key = _folder.File("monitor.json");
        File.WriteAllText(key, JsonSerializer.Serialize(gateway.MonitorKey, JsonSerializerOptions.Web));
        return ["--program", MaoProgram.Write(_folder), "--url", Url(gateway), "--key-file", key];
    }
}
