using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MaoTrade.Bench.Load;
using MaoTrade.Bench.Processes;

namespace MaoTrade.Bench.Desks;

/// <summary>A paper broker and an engine as their operator starts them, on ports and folders of their own.</summary>
internal sealed class EngineUnderTest(Children children) : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MaoTrade.Engine.dll");

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly string _folder = children.CreateFolder();
    private readonly int _brokerPort = FreePort();
    private readonly int _healthPort = FreePort();
    private readonly int _port = FreePort();
    private Process? _engine;

    /// <summary>Starts the broker, its market open, at wall time.</summary>
    public void StartBroker(params string[] epics) => Start(
        ["paper-broker", "--port", $"{_brokerPort}", "--data-dir", Path.Combine(_folder, "paper"), "--accounts", "bench", "--clock", "live",
            "--cash", "1000000000", "--epic", string.Join(',', epics)]);

    /// <summary>Starts the engine; the time from its start as a process until it says that it is ready.</summary>
    public async Task<TimeSpan> StartEngineAsync()
    {
        var started = Stopwatch.GetTimestamp();
        _engine = Start(
            ["run", "--account-id", "bench", "--data-dir", _folder, "--port", $"{_port}", "--health-port", $"{_healthPort}",
                "--broker-url", $"tcp://127.0.0.1:{_brokerPort}"]);
        while (!await IsReadyAsync())
        {
            if (Stopwatch.GetElapsedTime(started) > StartTimeout || _engine.HasExited)
            {
                throw new BenchException("the engine does not become ready");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillEngineAsync()
    {
        _engine!.Kill();
        await _engine.WaitForExitAsync();
    }

    /// <summary>A command of service 2; its reply.</summary>
    public async Task<string> AskAsync(string data) => Encoding.UTF8.GetString(await WireProbe.AskAsync(
        new IPEndPoint(IPAddress.Loopback, _port), Encoding.UTF8.GetBytes($$"""{"service":2,"data":{{data}}}""" + "\u0004")));

    public void Dispose() => _http.Dispose();

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Runtime.Program, [Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var process = children.Start(start);
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return process;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{_healthPort}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
