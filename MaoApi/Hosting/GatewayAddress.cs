using System.Net;
using MaoApi.Pods;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MaoApi.Hosting;

/// <summary>Where engines reach the gateway.</summary>
internal sealed class GatewayAddress(IServer server, GatewayOptions options)
{
    /// <summary>Null while nothing listens and no address was given.</summary>
    public Uri? ForEngine(PodPlace place)
    {
        if (options.EngineGatewayUrl is { } given)
        {
            return given;
        }

        if (Own() is { } own)
        {
            return place.IsHere ? own : new UriBuilder(own) { Host = place.PodHost }.Uri;
        }

        return place.GatewayHost is { } host ? new UriBuilder(Uri.UriSchemeHttp, host, options.Port).Uri : null;
    }

    private Uri? Own()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } first || !Uri.TryCreate(first, UriKind.Absolute, out var url))
        {
            return null;
        }

        return IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(url) { Host = IPAddress.Loopback.ToString() }.Uri
            : url;
    }
}
