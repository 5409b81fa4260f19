using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MaoTrade.Engine.Server.Transport;

/// <summary>
/// recv(2) and send(2) of Linux. A socket stays blocking for its receiving thread while nobody has to wait to send: one
/// system call takes a request, one sends its reply. The first sending that must wait goes through the framework, which makes
/// the socket non-blocking for good; then the receiving thread polls.
/// </summary>
internal static partial class SystemSocket
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int Again = 11;

    /// <summary>Waits for bytes; 0 at the end of the stream, null when the socket does not block.</summary>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public static int? Receive(Socket socket, Span<byte> buffer)
    {
        while (true)
        {
            var count = recv(socket.SafeHandle, buffer, buffer.Length, 0);
            if (count >= 0)
            {
                return (int)count;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case Again:
                    return null;
                default:
                    throw new SocketException((int)SocketError.ConnectionReset);
            }
        }
    }

    /// <summary>Sends what can be sent without waiting; what cannot, and every error, is left to the framework.</summary>
    public static int SendNow(Socket socket, ReadOnlySpan<byte> bytes) =>
        (int)Math.Max(0, send(socket.SafeHandle, bytes, bytes.Length, DontWait | NoSignal));

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(SafeSocketHandle socket, Span<byte> buffer, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(SafeSocketHandle socket, ReadOnlySpan<byte> buffer, nint length, int flags);
}
