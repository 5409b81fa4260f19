using System.Net;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Gateway;

/// <summary>How an engine starts with the gateway there, away, slow and wrong.</summary>
public sealed class GatewaySettingsTests : IDisposable
{
    private const string Config = """{"accountId":"demo1","version":3,"accountData":{"key":"k"},"symbols":[{"epic":"EURUSD","maxQty":7},{"epic":"USDJPY","session":"unknown"}],"risk":{"enabled":true,"maxQty":5}}""";

    private readonly TemporaryFolder _data = new();
    private readonly List<string> _faults = [];
    private readonly List<string> _said = [];

    public GatewaySettingsTests()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "service.key"), """{"keyId":"k","secret":"s"}""");
        File.WriteAllText(Path.Combine(Folder, "engine.json"), """{"accountId":"demo1","symbols":[{"epic":"EURUSD","maxQty":1}],"risk":{"enabled":false}}""");
    }

    private string Folder => Path.Combine(_data.Path, "accounts", "demo1");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task What_the_gateway_says_stands_above_the_file_and_is_kept_for_its_owner_alone()
    {
        await using var server = await StartAsync(200, Answer(Config));

        var settings = await ReadAsync(server.Url);

        settings!.Config.Symbols.Select(symbol => (symbol.Epic, symbol.MaxQty, symbol.Session)).Should().Equal(("EURUSD", 7m, null), ("USDJPY", null, null));
        (settings.Config.Risk.Enabled, settings.Config.Risk.MaxQty, settings.Config.Version).Should().Be((true, 5m, 3));
        settings.Config.AccountData!.Value.GetProperty("key").GetString().Should().Be("k");
        var kept = Path.Combine(Folder, "gateway.json");
        File.GetUnixFileMode(kept).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _said.Should().OnlyContain(line => !line.Contains("\"k\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_gateway_an_engine_starts_with_what_it_said_last()
    {
        await using (var server = await StartAsync(200, Answer(Config)))
        {
            await ReadAsync(server.Url);
        }

        var settings = await ReadAsync(new Uri("http://127.0.0.1:9"));

        settings!.Config.Symbols[0].MaxQty.Should().Be(7m);
        _said.Should().Contain(line => line.Contains("earlier start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var server = await StartAsync(200, Answer(Config), "\"v1\"");
        await ReadAsync(server.Url);
        server.Answer = request => new RecordedAnswer(request.Headers.GetValueOrDefault("If-None-Match") == "\"v1\"" ? 304 : 500, "");

        (await ReadAsync(server.Url))!.Config.Symbols[0].MaxQty.Should().Be(7m);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(403, """{"code":14,"message":"","data":{}}""")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"code":0,"message":"","data":null}""")]
    [InlineData(200, """{"code":0,"message":"","data":{"accountId":"demo2"}}""")]
    [InlineData(200, """{"code":0,"message":"","data":{"symbols":[{"epic":"EURUSD"},{"epic":"EURUSD"}]}}""")]
    [InlineData(302, "")]
    public async Task A_gateway_that_is_wrong_keeps_no_engine_from_starting_by_its_file(int status, string body)
    {
        await using var server = await StartAsync(status, body);

        var settings = await ReadAsync(server.Url);

        _faults.Should().BeEmpty();
        settings!.Config.Symbols.Single().MaxQty.Should().Be(1m);
        settings.Account.Should().BeNull();
        _said.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_is_waited_for_five_seconds()
    {
        await using var server = await RecordingServer.StartAsync();
        var forever = new TaskCompletionSource();
        server.Answer = _ => new RecordedAnswer(200, "") { Until = forever.Task };
        var clock = new FakeClock();

        var reading = ReadAsync(server.Url, clock);
        await Until.TrueAsync("the gateway is asked", TimeSpan.FromSeconds(60), () => Task.FromResult(server.Requests.Count == 1));
        clock.Advance(TimeSpan.FromSeconds(5));

        (await reading.WaitAsync(TimeSpan.FromSeconds(60)))!.Config.Symbols.Single().MaxQty.Should().Be(1m);
        forever.SetResult();
    }

    [Fact]
    public async Task Without_a_key_the_file_counts()
    {
        await using var server = await StartAsync(200, Answer(Config));
        File.Delete(Path.Combine(Folder, "service.key"));

        (await ReadAsync(server.Url))!.Config.Symbols.Single().MaxQty.Should().Be(1m);

        server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("ftp://gateway", "key", "GATEWAY_URL")]
    [InlineData("nowhere", "key", "GATEWAY_URL")]
    [InlineData("https://gateway", null, "SERVICE_KEY_FILE")]
    public void An_address_that_is_none_is_a_fault_of_the_configuration(string url, string? key, string named)
    {
        var options = GatewayOptions.Read(name => name == "GATEWAY_URL" ? url : key, _faults);

        options.Should().BeNull();
        _faults.Single().Should().StartWith(named);
    }

    private static string Answer(string config) => $$"""{"code":0,"message":"","data":{{config}}}""";

    private static async Task<RecordingServer> StartAsync(int status, string body, string? tag = null)
    {
        var server = await RecordingServer.StartAsync();
        server.Answer = _ => new RecordedAnswer(status, body) { Headers = tag is null ? [] : new Dictionary<string, string> { ["ETag"] = tag } };
        return server;
    }

    private Task<EngineSettings?> ReadAsync(Uri url, TimeProvider? time = null)
    {
        var options = new EngineOptions
        {
            AccountId = "demo1",
            DataDir = _data.Path,
            Bind = IPAddress.Loopback,
            Port = 0,
            HealthPort = 0,
            Broker = "paper",
            BrokerUrl = "tcp://127.0.0.1:9",
            LogLevel = "info",
            MaxConnections = 10,
            CommandBase = 0,
            Gateway = new GatewayOptions(url, Path.Combine(Folder, "service.key")),
        };
        return GatewaySettings.ReadAsync(options, _ => null, _faults, _said.Add, time ?? TimeProvider.System, CancellationToken.None);
    }
}
