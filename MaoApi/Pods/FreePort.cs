using System.Net;
using System.Net.Sockets;

namespace MaoApi.Pods;

/// <summary>Ports on loopback nobody listens on.</summary>
internal static class FreePort
{
    private const int MaxTries = 1000;

    /// <summary>The port kept from before where it is still free, otherwise the first free one.</summary>
    public static int Choose(int? kept, int first, IReadOnlySet<int> taken)
    {
        if (kept is { } port && !taken.Contains(port) && IsFree(port))
        {
            return port;
        }

        return Enumerable.Range(first, MaxTries).Where(candidate => !taken.Contains(candidate)).First(IsFree);
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
