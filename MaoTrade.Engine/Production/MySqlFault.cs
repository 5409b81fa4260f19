using System.Data.Common;
using System.Net.Sockets;
using MySqlConnector;

namespace MaoTrade.Engine.Production;

/// <summary>The server does not answer, in whichever way the driver says so.</summary>
internal sealed class MySqlFault(Exception cause) : DbException(cause.Message, cause)
{
    /// <summary>Whether a failed call says that the connection is of no use; what the server itself refused is a <see cref="MySqlException"/> as it is.</summary>
    public static bool IsLost(Exception exception) =>
        exception is InvalidOperationException or IOException or SocketException or TimeoutException or ObjectDisposedException;

    /// <summary>Whether the server answered that it did not do it; otherwise nobody knows.</summary>
    public static bool IsRefusal(Exception exception) => exception is MySqlException { SqlState.Length: > 0 };
}
