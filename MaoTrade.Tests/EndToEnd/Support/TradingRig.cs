using System.Text;
using System.Text.Json;
using MaoTrade.Protocol.Client;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>A paper broker in lockstep and one engine, both real processes, on ports of their own.</summary>
public sealed class TradingRig : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(150);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly int _brokerPort = ChildProcess.FreePort();

    private TradingRig()
    {
        EnginePort = ChildProcess.FreePort();
        HealthPort = ChildProcess.FreePort();
        Proxy = new MTProxy("127.0.0.1", EnginePort, new MTProxyOptions(), TimeProvider.System, NullLogger<MTProxy>.Instance);
    }

    public int EnginePort { get; }

    /// <summary>The wire to the engine.</summary>
    public MTProxy Proxy { get; }

    public string Account { get; private init; } = "demo";

    public ChildProcess Broker { get; private set; } = null!;

    public ChildProcess Engine { get; private set; } = null!;

    public string LedgerFile => _folder.File("ledger.jsonl");

    /// <summary>The engine's database.</summary>
    public string DatabaseFile => _folder.File($"accounts/{Account}/mt.db");

    public string DataFolder => _folder.Path;

    public int HealthPort { get; }

    /// <summary>Flags of an engine for the rig's account and broker.</summary>
    public IReadOnlyList<string> EngineFlags =>
    [
        "run", "--account-id", Account, "--data-dir", _folder.Path, "--port", $"{EnginePort}", "--health-port", $"{HealthPort}",
        "--broker-url", $"tcp://127.0.0.1:{_brokerPort}", "--config", _folder.File("engine.json"),
    ];

    /// <summary>Starts both and waits until the engine is reconciled.</summary>
    /// <param name="market">File or folder the market replays.</param>
    /// <param name="epics">Instruments, or empty for what the market has.</param>
    /// <param name="fault">Faults of the broker, as its flag wants them.</param>
    /// <param name="account">The account the engine trades.</param>
    /// <param name="timeFrames">Lengths of the frames the broker sends, or empty for any.</param>
    /// <param name="environment">Variables of the engine.</param>
    /// <param name="waits">Whether to wait until the engine is reconciled.</param>
    public static async Task<TradingRig> StartAsync(
        string market, string epics = "", string fault = "", string account = "demo", string timeFrames = "", IReadOnlyDictionary<string, string>? environment = null,
        bool waits = true)
    {
        var rig = new TradingRig { Account = account };
        await File.WriteAllTextAsync(
            rig._folder.File("engine.json"), """{"broker":{"config":{"answerTimeoutMs":250}}}""");
        List<string> flags =
        [
            "paper-broker", "--port", $"{rig._brokerPort}", "--data-dir", rig._folder.File("paper"), "--market", market,
            "--clock", "lockstep", "--accounts", account, "--spread", "0", "--ledger", rig.LedgerFile, "--dedupe", "off", "--cash", "1000000000",
        ];
        flags.AddRange(epics.Length > 0 ? ["--epic", epics] : []);
        flags.AddRange(timeFrames.Length > 0 ? ["--time-frames", timeFrames] : []);
        flags.AddRange(fault.Length > 0 ? ["--fault", fault] : []);
        rig.Broker = new ChildProcess(flags);
        if (waits)
        {
            await rig.StartEngineAsync(environment);
        }
        else
        {
            rig.BeginEngine(environment);
        }

        return rig;
    }

    /// <summary>Starts the engine (again) and waits until it is reconciled.</summary>
    public async Task StartEngineAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        BeginEngine(environment);
        if (!await ReadyAsync())
        {
            throw new InvalidOperationException($"the engine ended with {await Engine.ExitCodeAsync()}: {await Engine.ErrorAsync()}");
        }
    }

    public void BeginEngine(IReadOnlyDictionary<string, string>? environment = null, params string[] more) =>
        Engine = new ChildProcess([.. EngineFlags, .. more], environment);

    /// <summary>Starts the engine with its system calls written to a file, and waits until it is reconciled.</summary>
    public async Task StartTracedEngineAsync(string traceFile)
    {
        Engine = ChildProcess.Traced(traceFile, EngineFlags);
        (await ReadyAsync()).Should().BeTrue("the traced engine should run: {0}", Engine.HasExited ? await Engine.ErrorAsync() : "");
    }

    /// <summary>Waits until the engine is reconciled; false when it has ended before that.</summary>
    public async Task<bool> ReadyAsync()
    {
        await Until.TrueAsync("the engine is ready", StartDeadline, async () => Engine.HasExited || await IsReadyAsync());
        return !Engine.HasExited;
    }

    /// <summary>Whether the engine says that it is ready.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{HealthPort}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Sends a request; its data on code 0.</summary>
    public async Task<JsonElement> AskAsync(int service, string data)
    {
        var reply = await TryAskAsync(service, data);
        reply.Should().NotBeNull("the engine should answer {0}", data);
        return reply!.Value;
    }

    /// <summary>Sends a request; null when the engine cannot be reached just now.</summary>
    public async Task<JsonElement?> TryAskAsync(int service, string data)
    {
        await using var reply = await Proxy.SendAsync(
            new ProxyRequest(service, Encoding.UTF8.GetBytes(data)) { Idempotent = true }, CancellationToken.None);
        if (reply.Result != ProxyResult.NoError || reply.Code == ReplyCode.NotReady)
        {
            return null;
        }

        reply.Code.Should().Be(0, "{0} to {1}", reply.Message, data);
        return JsonDocument.Parse(reply.Data).RootElement.Clone();
    }

    public async Task<string> CreateSignalAsync(string epic, string system, int timeFrame, string parameters)
    {
        var data = await AskAsync(2, $$"""{"srvId":6,"signal":{"epic":"{{epic}}","system":"{{system}}","timeFrame":{{timeFrame}},"params":{{parameters}} } }""");
        return data.GetProperty("signal").GetProperty("signalId").GetString()!;
    }

    /// <summary>Every order the engine knows, oldest first.</summary>
    public async Task<List<JsonElement>> OrdersAsync()
    {
        var orders = new List<JsonElement>();
        for (string? cursor = "0"; cursor is not null;)
        {
            var page = await AskAsync(2, $$"""{"srvId":11,"limit":200,"cursor":"{{cursor}}"}""");
            orders.AddRange(page.GetProperty("orders").EnumerateArray());
            cursor = page.GetProperty("cursor").GetString();
        }

        return orders;
    }

    /// <summary>Start of the last frame the engine has taken.</summary>
    public async Task<long> FrameAsync() =>
        await TryAskAsync(2, """{"srvId":3}""") is { } portfolio ? portfolio.GetProperty("frame").GetInt64() : -1;

    /// <summary>The engine's page for Prometheus.</summary>
    public Task<string> MetricsAsync() => _http.GetStringAsync(new Uri($"http://127.0.0.1:{HealthPort}/metrics"));

    /// <summary>The same while the engine starts; null when it does not answer yet.</summary>
    public async Task<string?> TryMetricsAsync()
    {
        try
        {
            return await MetricsAsync();
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Another connection to the engine's database.</summary>
    public async Task<SqliteConnection> OpenDatabaseAsync()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Waits until the engine has taken a frame and no order is on its way.</summary>
    public async Task FinishAsync(long lastFrame, TimeSpan deadline)
    {
        (await ReadyAsync()).Should().BeTrue();
        await Until.TrueAsync($"frame {lastFrame} is taken", deadline, async () => await FrameAsync() >= lastFrame);
        await Until.TrueAsync("no order is on its way", TimeSpan.FromSeconds(150), async () =>
            (await AskAsync(5, "{}")).GetProperty("unknownOrders").GetInt32() == 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _http.Dispose();
        await Engine.DisposeAsync();
        await Broker.DisposeAsync();
        _folder.Dispose();
    }
}
