using System.Net;
using System.Net.Sockets;

namespace MaoTrade.Bench.Containers;

/// <summary>A TCP port of the loopback address nobody has.</summary>
internal static class FreePort
{
    public static int Of()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
