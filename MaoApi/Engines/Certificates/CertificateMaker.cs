using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MaoApi.Hosting;
using MaoTrade.Protocol.Tls;

namespace MaoApi.Engines.Certificates;

/// <summary>
/// Makes the certificates of the wire in a folder: an authority of our own, one for gateways (clients only), one for each engine (servers
/// only, in the name of its account). What is there and not about to end stays.
/// </summary>
internal sealed class CertificateMaker(string folder, TimeProvider time)
{
    private const string Authority = "ca";
    private const int AuthorityDays = 3_650;
    private const int SerialBytes = 16;

    /// <summary>A certificate with less left than this is made anew.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromDays(30);

    /// <summary>Clocks of other machines may be behind.</summary>
    private static readonly TimeSpan ClockReserve = TimeSpan.FromHours(1);

    private static readonly Oid ForServers = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ForClients = new("1.3.6.1.5.5.7.3.2");

    /// <summary>Makes what is missing.</summary>
    /// <param name="accounts">Accounts whose engines get a certificate.</param>
    /// <param name="days">How long new ones are good.</param>
    /// <param name="renew">Makes those of gateway and engines anew, even where they are good; never the authority's.</param>
    /// <exception cref="CryptographicException">The folder holds an authority's certificate without its key, or files that are none.</exception>
    public IReadOnlyList<MadeCertificate> Make(IReadOnlyList<string> accounts, int days, bool renew)
    {
        PrivateFile.CreateFolder(folder);
        var made = new List<MadeCertificate>();
        using var authority = OfAuthority(made);
        made.Add(OfSide(authority, "gateway", WireNames.Gateway, ForClients, days, renew));
        made.AddRange(accounts.Select(accountId => OfSide(authority, "engine-" + accountId, WireNames.Engine(accountId), ForServers, days, renew)));
        return made;
    }

    private X509Certificate2 OfAuthority(List<MadeCertificate> made)
    {
        if (Read(Authority) is { } present)
        {
            if (EndOf(present) - time.GetUtcNow() < Reserve)
            {
                throw new CryptographicException($"the authority in {folder} ends at {EndOf(present):u}; make a new one in another folder and bring it to every side");
            }

            made.Add(new MadeCertificate(Authority, present.Subject, EndOf(present), IsNew: false));
            return present;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=MaoTrade wire authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        var authority = request.CreateSelfSigned(now - ClockReserve, now.AddDays(AuthorityDays));
        Write(Authority, authority, key);
        made.Add(new MadeCertificate(Authority, authority.Subject, EndOf(authority), IsNew: true));
        return authority;
    }

    private MadeCertificate OfSide(X509Certificate2 authority, string file, string name, Oid use, int days, bool renew)
    {
        var now = time.GetUtcNow();
        if (!renew && Read(file) is { } present)
        {
            using (present)
            {
                if (EndOf(present) - now > Reserve
                    && WireCertificate.Fault(present, authority, name, isServer: use == ForServers, now) is null)
                {
                    return new MadeCertificate(file, present.Subject, EndOf(present), IsNew: false);
                }
            }
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([use], critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var end = new[] { now.AddDays(days), EndOf(authority) }.Min();
        using var certificate = request.Create(authority, now - ClockReserve, end, RandomNumberGenerator.GetBytes(SerialBytes));
        Write(file, certificate, key);
        return new MadeCertificate(file, certificate.Subject, EndOf(certificate), IsNew: true);
    }

    private static DateTimeOffset EndOf(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());

    /// <summary>The certificate with its key; null where there is none.</summary>
    private X509Certificate2? Read(string file)
    {
        var certificate = Path.Combine(folder, file + ".crt");
        return File.Exists(certificate) ? X509Certificate2.CreateFromPemFile(certificate, Path.Combine(folder, file + ".key")) : null;
    }

    /// <summary>The key first: a certificate is never there without it.</summary>
    private void Write(string file, X509Certificate2 certificate, ECDsa key)
    {
        PrivateFile.Write(Path.Combine(folder, file + ".key"), key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(Path.Combine(folder, file + ".crt"), certificate.ExportCertificatePem() + "\n");
    }
}
