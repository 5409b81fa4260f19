using System.Diagnostics;
using System.Text;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Hosting;

/// <summary>The gateway as a user starts it: the built program, with its engine beside it.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public GatewayProcess(string dataDir, params string[] arguments)
    {
        var folder = AppContext.BaseDirectory.Replace("MaoTrade.Tests", "MaoApi", StringComparison.Ordinal);
        string[] port = arguments.Contains("--port") ? [] : ["--port", "0"];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "MaoApi.dll"), "--data-dir", dataDir, .. port, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async Task WaitUntilItTradesAsync()
    {
        await Deadlines.Until(
            () => Output.Contains("Ctrl-C", StringComparison.Ordinal) || _process.HasExited, TimeSpan.FromSeconds(90), "the gateway said nothing");
        Output.Should().Contain("MaoTrade is trading.");
    }

    public void Crash() => _process.Kill();

    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        return await WaitAsync();
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().Within("the gateway did not end");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
