using System.Diagnostics;
using MaoTrade.Tests.Engine.Server;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Protocol.Peers;

/// <summary>A peer written in another language, running as a process of its own that never outlives the test.</summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    public PythonPeer(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        start.ArgumentList.Add(Path.Combine(Repository.Root, "MaoTrade.Tests", "Protocol", "Peers", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    /// <summary>The next line it prints.</summary>
    public async Task<string> LineAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(WireHost.Patience);
        return line ?? throw new InvalidOperationException($"The peer ended: {await _process.StandardError.ReadToEndAsync()}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
