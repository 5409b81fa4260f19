using System.Net;

namespace MaoApi.Outbound;

/// <summary>
/// What an address given by a user or a feed must be: https, port 443 or 8443, no user in it, and, once resolved, in the public Internet.
/// An administrator's list opens places beside that. Pure and thread-safe.
/// </summary>
internal sealed class OutboundRules(OutboundOptions options)
{
    public const int MostCharacters = 2048;

    private static readonly int[] Ports = [443, 8443];

    /// <summary>Reads an address. Returns null and why not where it must not be called; what its name resolves to is looked at only later.</summary>
    public Uri? Read(string? text, out string problem)
    {
        problem = "";
        if (text is null or { Length: 0 or > MostCharacters } || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            problem = $"an absolute address of at most {MostCharacters} characters is expected";
            return null;
        }

        problem = Problem(url) ?? "";
        return problem.Length == 0 ? url : null;
    }

    /// <summary>Why an address must not be called; null where its text is in order.</summary>
    public string? Problem(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return "only https addresses are called";
        }

        if (url.UserInfo.Length > 0)
        {
            return "the address must not hold a user or a password";
        }

        if (!Ports.Contains(url.Port) && !options.Allowed.Any(place => place.CoversPort(url.IdnHost, url.Port)))
        {
            return $"only the ports {string.Join(" and ", Ports)} are called";
        }

        return IPAddress.TryParse(url.IdnHost, out var address) && !MayConnect(url.IdnHost, url.Port, address)
            ? "the address lies in a private network"
            : null;
    }

    /// <summary>Whether a host that was found at an address may be connected to there.</summary>
    public bool MayConnect(string host, int port, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (PublicAddress.Is(plain) && Ports.Contains(port))
            || options.Allowed.Any(place => place.Covers(host, plain) && (place.Port is { } own ? own == port : Ports.Contains(port)));
    }
}
