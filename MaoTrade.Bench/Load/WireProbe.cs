using System.Net;
using System.Net.Sockets;
using System.Text;
using MaoTrade.Protocol.Framing;

namespace MaoTrade.Bench.Load;

/// <summary>One request on the wire, to see what a load would get.</summary>
internal static class WireProbe
{
    /// <summary>The JSON of a plain reply whose code is 0.</summary>
    public static async Task<byte[]> AskAsync(IPEndPoint server, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server);
        var stream = client.GetStream();
        await stream.WriteAsync(request);
        var received = new byte[64 * 1024];
        var length = 0;
        while (received.AsSpan(0, length).IndexOf(Wire.Terminator) < 0)
        {
            var count = await stream.ReadAsync(received.AsMemory(length));
            length += count > 0 ? count : throw new BenchException("the engine closed the connection");
        }

        var json = received.AsSpan(0, length - 1);
        return json.StartsWith("{\"code\":0,"u8)
            ? json.ToArray()
            : throw new BenchException($"the engine refused: {Encoding.UTF8.GetString(json)}");
    }
}
