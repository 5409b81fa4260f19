using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MaoTrade.Tests.EndToEnd.Support;

/// <summary>A program of ours as a process of its own; killed with the test if it still runs.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
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
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
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
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException("within 30 s the process did not exit", exception);
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
}
