using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>A program of ours as a process of its own; killed with the test if it still runs.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Task<string> _error;
    private readonly Task<string> _output;

    /// <summary>A command of the engine.</summary>
    public ChildProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
        : this(Path.Combine(AppContext.BaseDirectory, "MaoTrade.Engine.dll"), arguments, environment)
    {
    }

    public ChildProcess(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
        : this(["dotnet", assembly, .. arguments], environment)
    {
    }

    private ChildProcess(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _error = ListenAsync();
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>
    /// A command of the engine whose writes, syncs and sends are written to a file by strace, in the order they happen. The
    /// process is the engine's own: strace runs beside it (-D).
    /// </summary>
    public static ChildProcess Traced(string traceFile, IEnumerable<string> arguments) => new(
        [
            "strace", "-D", "-f", "--seccomp-bpf", "-yy", "-s", "16384", "-o", traceFile, "-e", "trace=write,writev,pwrite64,fsync,fdatasync,sendto,sendmsg",
            "dotnet", Path.Combine(AppContext.BaseDirectory, "MaoTrade.Engine.dll"), .. arguments,
        ],
        environment: null);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>When it exited.</summary>
    public DateTimeOffset ExitedAt => new(_process.ExitTime);

    /// <summary>What it has written to standard error so far.</summary>
    public string ErrorSoFar
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitCodeAsync();
    }

    /// <summary>Sends a signal by name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException("within 60 s the process did not exit", exception);
        }

        return _process.ExitCode;
    }

    /// <summary>What it wrote to standard error, once it has exited.</summary>
    public Task<string> ErrorAsync() => _error;

    /// <summary>What it wrote to standard output, once it has exited.</summary>
    public Task<string> OutputAsync() => _output;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await _output;
        _process.Dispose();
    }

    private async Task<string> ListenAsync()
    {
        var buffer = new char[1_024];
        while (await _process.StandardError.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_said)
            {
                _said.Append(buffer, 0, count);
            }
        }

        return ErrorSoFar;
    }
}
