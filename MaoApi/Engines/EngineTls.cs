using MaoApi.Hosting;
using MaoTrade.Protocol.Client;
using MaoTrade.Protocol.Tls;

namespace MaoApi.Engines;

/// <summary>How the wire to an engine is secured: plain on this machine's loopback address, by certificates of both sides everywhere else.</summary>
internal sealed class EngineTls(GatewayOptions options, TimeProvider time)
{
    private readonly Lazy<WireIdentity?> _identity = new(() => options.WireFiles is { } files ? new WireIdentity(files, time) : null);

    /// <summary>
    /// Options of a proxy to the engine of an account, which lets no other engine answer for it; null where the engine is elsewhere and this
    /// gateway has no certificate.
    /// </summary>
    public MTProxyOptions? ProxyOptions(string accountId, string host)
    {
        var proxy = new MTProxyOptions { MaxPayloadConnections = options.EngineDownloads };
        if (!WireIdentity.IsLocal(host))
        {
            if (_identity.Value is not { } identity)
            {
                return null;
            }

            proxy.Tls = identity.ToEngine(accountId);
        }

        return proxy;
    }
}
