using System.Security.Cryptography.X509Certificates;

namespace MaoTrade.Protocol.Tls;

/// <summary>
/// What makes a certificate good for one side of the wire: signed by our authority, valid now, meant for that side alone and bearing the name.
/// An engine's certificate is for servers only, a gateway's for clients only, so an engine's opens no other engine.
/// </summary>
public static class WireCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Why a certificate is not what is expected; null when it is.</summary>
    /// <param name="certificate">The certificate; null = none was shown.</param>
    /// <param name="authority">The only authority that is trusted.</param>
    /// <param name="name">The DNS name it must bear.</param>
    /// <param name="isServer">Whether it must be for servers (an engine) or for clients (a gateway).</param>
    /// <param name="now">When it must be valid.</param>
    public static string? Fault(X509Certificate2? certificate, X509Certificate2 authority, string name, bool isServer, DateTimeOffset now)
    {
        if (certificate is null)
        {
            return "no certificate was shown";
        }

        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Select(use => use.Value)).ToList();
        var (wanted, other) = isServer ? (ServerAuthentication, ClientAuthentication) : (ClientAuthentication, ServerAuthentication);
        if (!uses.Contains(wanted) || uses.Contains(other))
        {
            return $"the certificate of {certificate.Subject} is not for {(isServer ? "servers" : "clients")} alone";
        }

        if (Chain(certificate, authority, now) is { } broken)
        {
            return $"the certificate of {certificate.Subject} {broken}";
        }

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).ToList();
        return names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"the certificate is that of {string.Join(", ", names.DefaultIfEmpty("nobody"))}, not of {name}";
    }

    private static string? Chain(X509Certificate2 certificate, X509Certificate2 authority, DateTimeOffset now)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = now.UtcDateTime,
            },
        };
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(certificate)
            ? null
            : now.UtcDateTime > certificate.NotAfter.ToUniversalTime() || now.UtcDateTime < certificate.NotBefore.ToUniversalTime()
                ? $"is valid from {Utc(certificate.NotBefore)} to {Utc(certificate.NotAfter)} only"
                : $"is not signed by {authority.Subject}: {string.Join(", ", chain.ChainStatus.Select(status => status.Status))}";
    }

    private static string Utc(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
