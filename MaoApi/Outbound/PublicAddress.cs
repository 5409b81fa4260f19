using System.Net;
using System.Net.Sockets;

namespace MaoApi.Outbound;

/// <summary>Which addresses belong to the public Internet. All others lie somewhere a stranger must not send the gateway.</summary>
internal static class PublicAddress
{
    /// <summary>Special-purpose IPv4 blocks (IANA registry): this host, private, shared, loopback, link-local, protocols, documentation, relays, benchmarks, multicast, reserved.</summary>
    private static readonly IPNetwork[] ClosedV4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    /// <summary>Only this block of IPv6 is routed in public; what is not in it (loopback, link-local, unique local, mapped, multicast) is closed.</summary>
    private static readonly IPNetwork OpenV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Parts of it that carry IPv4 addresses inside, or are for protocols and documentation.</summary>
    private static readonly IPNetwork[] ClosedV6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(ClosedV4, network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => OpenV6.Contains(address) && !Array.Exists(ClosedV6, network => network.Contains(address)),
            _ => false,
        };
    }

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
