using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MaoTrade.Bench.Processes;

namespace MaoTrade.Bench.Servers;

/// <summary>A redis-server of this machine that holds one value and writes nothing to disk.</summary>
internal static class RedisServer
{
    private const string Program = "redis-server";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The request for the value.</summary>
    public static ReadOnlySpan<byte> Get => "*2\r\n$3\r\nGET\r\n$1\r\np\r\n"u8;

    /// <summary>Starts the server and stores the value; null where the program is not installed.</summary>
    public static async Task<RunningServer?> TryStartAsync(Children children, byte[] value)
    {
        if (FindProgram() is not { } program)
        {
            return null;
        }

        var port = FreePort();
        var process = children.Start(new ProcessStartInfo(
            program,
            [
                "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", children.CreateFolder(),
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        });
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var server = new RunningServer(new IPEndPoint(IPAddress.Loopback, port), process.Id);
        await StoreAsync(server.Address, value);
        return server;
    }

    private static string? FindProgram() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Program))
            .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task StoreAsync(IPEndPoint address, byte[] value)
    {
        using var client = await ConnectAsync(address);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"*3\r\n$3\r\nSET\r\n$1\r\np\r\n${value.Length}\r\n"));
        await stream.WriteAsync(value);
        await stream.WriteAsync("\r\n"u8.ToArray());
        var answer = new byte[5];
        await stream.ReadExactlyAsync(answer);
        if (!answer.AsSpan().SequenceEqual("+OK\r\n"u8))
        {
            throw new BenchException("redis-server did not store the value");
        }
    }

    private static async Task<TcpClient> ConnectAsync(IPEndPoint address)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(address);
                return client;
            }
            catch (SocketException) when (TimeProvider.System.GetElapsedTime(started) < StartTimeout)
            {
                client.Dispose();
                await Task.Delay(LookInterval, TimeProvider.System);
            }
        }
    }
}
