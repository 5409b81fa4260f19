using System.Net;

namespace MaoApi.Outbound;

/// <summary>One entry of the administrator's list of places that may be called in spite of where they are.</summary>
/// <param name="Network">The network, or null where the entry is a name.</param>
/// <param name="Name">The name, or null where the entry is a network.</param>
/// <param name="Port">The only port meant; null = the usual ones.</param>
internal sealed record AllowedPlace(IPNetwork? Network, string? Name, int? Port)
{
    public static AllowedPlace? TryParse(string text)
    {
        // In brackets the framework reads an address and forgets the port behind it.
        if (!text.StartsWith('[') && TryNetwork(text) is { } network)
        {
            return new AllowedPlace(network, null, null);
        }

        var host = text;
        int? port = null;
        if (text.LastIndexOf(':') is > 0 and var colon)
        {
            if (!int.TryParse(text[(colon + 1)..], out var number) || number is < 1 or > IPEndPoint.MaxPort)
            {
                return null;
            }

            (host, port) = (text[..colon].TrimStart('[').TrimEnd(']'), number);
        }

        return TryNetwork(host) is { } withPort
            ? new AllowedPlace(withPort, null, port)
            : Uri.CheckHostName(host) == UriHostNameType.Dns ? new AllowedPlace(null, host, port) : null;
    }

    /// <summary>Whether a call of this host, found at this address, is meant.</summary>
    public bool Covers(string host, IPAddress address) =>
        Network is { } network ? network.Contains(address) : string.Equals(Name, host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a call of this port may be meant, by its address where the host is one.</summary>
    public bool CoversPort(string host, int port) =>
        Port == port && (Name is null ? !IPAddress.TryParse(host, out var address) || Network!.Value.Contains(address) : Covers(host, IPAddress.None));

    private static IPNetwork? TryNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
