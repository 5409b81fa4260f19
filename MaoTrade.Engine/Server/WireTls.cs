using MaoTrade.Protocol.Tls;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MaoTrade.Engine.Server;

/// <summary>TLS in front of the wire: both sides show certificates, and only a gateway's is let in.</summary>
public static partial class WireTls
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Lets in who proves to be a gateway; everybody else is refused in the handshake, which is logged.</summary>
    public static void UseWireTls(this ListenOptions listen, WireIdentity identity)
    {
        var logger = listen.ApplicationServices.GetRequiredService<ILogger<WireListener>>();
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTimeout,
            OnConnection = context => ValueTask.FromResult(identity.OfGateways(
                reason => Refused(logger, context.Connection.RemoteEndPoint?.ToString() ?? "", reason))),
        });
    }

    [LoggerMessage(2003, LogLevel.Warning, "A connection from {Peer} was refused: {Reason}")]
    private static partial void Refused(ILogger logger, string peer, string reason);
}
