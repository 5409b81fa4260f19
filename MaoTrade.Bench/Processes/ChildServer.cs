using System.Diagnostics;
using System.Globalization;
using System.Net;
using MaoTrade.Bench.Servers;

namespace MaoTrade.Bench.Processes;

/// <summary>Starts this executable's own servers.</summary>
internal static class ChildServer
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Starts a server and waits for its port.</summary>
    public static async Task<RunningServer> StartAsync(
        Children children, string server, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        (await StartManyAsync(children, server, environment, arguments))[0];

    /// <summary>Starts a server that may have several ports and waits for them.</summary>
    public static async Task<IReadOnlyList<RunningServer>> StartManyAsync(
        Children children, string server, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Runtime.Program, [Path.Combine(AppContext.BaseDirectory, "MaoTrade.Bench.dll"), ServerCommand.Name, server, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = children.Start(start);
        var ports = await PortsAsync(process, server);
        return [.. ports.Select(port => new RunningServer(new IPEndPoint(IPAddress.Loopback, port), process.Id))];
    }

    private static async Task<int[]> PortsAsync(Process process, string server)
    {
        using var deadline = new CancellationTokenSource(StartTimeout, TimeProvider.System);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(deadline.Token);
            return line is { Length: > 0 } && char.IsAsciiDigit(line[0])
                ? [.. line.Split(',').Select(port => int.Parse(port, CultureInfo.InvariantCulture))]
                : throw new BenchException($"the server {server} did not start: {line}");
        }
        catch (OperationCanceledException)
        {
            throw new BenchException($"the server {server} did not listen within {StartTimeout.TotalSeconds:F0} s");
        }
    }
}
