using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MaoApi.Hosting;

namespace MaoApi.Outbound;

/// <summary>Where the gateway may call when users or feeds name the address.</summary>
internal sealed record OutboundOptions
{
    /// <summary>
    /// Places that may be called although they lie in a private network: addresses, networks (<c>10.0.0.0/8</c>) or names, each with a port
    /// of its own where it is neither 443 nor 8443 (<c>hooks.local:9443</c>). Default none. <c>OUTBOUND_ALLOW</c>, comma-separated.
    /// </summary>
    public IReadOnlyList<AllowedPlace> Allowed { get; init; } = [];

    /// <summary>Authorities trusted beside those of the system, for receivers with certificates of the house. A PEM file. <c>OUTBOUND_CA_FILE</c>.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    public static OutboundOptions Read(SettingsReader settings) => new()
    {
        Allowed = [.. settings.List("OUTBOUND_ALLOW").Select(text => ReadPlace(settings, text)).OfType<AllowedPlace>()],
        Authorities = ReadAuthorities(settings),
    };

    private static AllowedPlace? ReadPlace(SettingsReader settings, string text)
    {
        if (AllowedPlace.TryParse(text) is { } place)
        {
            return place;
        }

        settings.Fault($"OUTBOUND_ALLOW: '{text}' is neither an address, a network nor a name, with or without a port");
        return null;
    }

    private static X509Certificate2Collection ReadAuthorities(SettingsReader settings)
    {
        var authorities = new X509Certificate2Collection();
        if (settings.Text("OUTBOUND_CA_FILE") is { } path)
        {
            try
            {
                authorities.ImportFromPemFile(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
            {
                settings.Fault($"OUTBOUND_CA_FILE: {fault.Message}");
            }
        }

        return authorities;
    }
}
