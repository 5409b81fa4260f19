using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MaoTrade.Bench.Gateways;
using MaoTrade.Bench.Processes;

namespace MaoTrade.Bench.Servers;

/// <summary>The original stack: FastAPI on uvicorn in front of the same engine, with the same keys and the same users.</summary>
internal static class PythonGateway
{
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts it; null where Debian's python3-fastapi, python3-uvicorn or python3-jwt are not installed.</summary>
    public static async Task<RunningServer?> TryStartAsync(Children children, GatewayUnderTest product, int workers)
    {
        if (!await HasModulesAsync(children))
        {
            return null;
        }

        var folder = children.CreateFolder();
        var port = FreePort();
        var start = new ProcessStartInfo(
            Python,
            [
                "-m", "uvicorn", "original_gateway:app", "--app-dir", Path.Combine(AppContext.BaseDirectory, "Peers"),
                "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
                "--workers", workers.ToString(CultureInfo.InvariantCulture), "--no-access-log", "--log-level", "warning",
            ])
        {
            UseShellExecute = false,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["PEER_KEY"] = await product.WritePublicKeyAsync(children);
        start.Environment["PEER_DATABASE"] = Path.Combine(product.DataFolder, "maohome.db");
        start.Environment["PEER_LOG"] = Path.Combine(folder, "gateway.log");
        start.Environment["PEER_ENGINE_PORT"] = product.Engine.Address.Port.ToString(CultureInfo.InvariantCulture);
        var process = children.Start(start);
        var address = new IPEndPoint(IPAddress.Loopback, port);
        await UntilListeningAsync(address);
        return new RunningServer(address, process.Id);
    }

    private static async Task<bool> HasModulesAsync(Children children)
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        var probe = children.Start(new ProcessStartInfo(Python, ["-c", "import fastapi, uvicorn, jwt, cryptography"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        });
        await probe.WaitForExitAsync();
        return probe.ExitCode == 0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilListeningAsync(IPEndPoint address)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(address);
                return;
            }
            catch (SocketException) when (TimeProvider.System.GetElapsedTime(started) < StartTimeout)
            {
                await Task.Delay(LookInterval, TimeProvider.System);
            }
        }
    }
}
