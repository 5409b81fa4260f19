using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MaoTrade.Protocol.Tls;

namespace MaoTrade.Tests.Protocol.Tls;

/// <summary>Certificates in which one thing alone is wrong.</summary>
public sealed class WireCertificateTests : IDisposable
{
    private const string Name = "mt-a";

    private static readonly Oid ForServers = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ForClients = new("1.3.6.1.5.5.7.3.2");
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 _authority = MakeAuthority();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void What_is_in_order_has_no_fault() => Fault(Make(_authority, Name, ForServers)).Should().BeNull();

    [Fact]
    public void The_name_is_the_whole_name()
    {
        Fault(Make(_authority, "mt-b", ForServers)).Should().Contain("that of mt-b, not of mt-a");
        Fault(Make(_authority, "mt-a.example.com", ForServers)).Should().Contain("not of mt-a");
        Fault(Make(_authority, "*", ForServers)).Should().Contain("not of mt-a");
        Fault(Make(_authority, null, ForServers)).Should().Contain("that of nobody, not of mt-a");
    }

    [Fact]
    public void The_use_is_one_side_and_no_other()
    {
        Fault(Make(_authority, Name, ForClients)).Should().Contain("is not for servers alone");
        Fault(Make(_authority, Name, ForServers, ForClients)).Should().Contain("is not for servers alone");
        Fault(Make(_authority, Name)).Should().Contain("is not for servers alone");
        Fault(Make(_authority, Name, ForServers, ForClients), isServer: false).Should().Contain("is not for clients alone");
    }

    [Fact]
    public void The_authority_is_ours_although_another_one_has_its_name()
    {
        using var other = MakeAuthority();

        Fault(Make(other, Name, ForServers)).Should().Contain("is not signed by CN=authority");
        Fault(other).Should().NotBeNull("an authority is no engine");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(31)]
    public void The_time_is_between_its_beginning_and_its_end(int day) =>
        Fault(Make(_authority, Name, ForServers), now: Now.AddDays(day)).Should().Contain("is valid from 2026-01-05T08:00:00Z to 2026-02-04T08:00:00Z only");

    [Fact]
    public void None_is_none() => Fault(null).Should().Be("no certificate was shown");

    private string? Fault(X509Certificate2? certificate, bool isServer = true, DateTimeOffset? now = null) =>
        WireCertificate.Fault(certificate, _authority, Name, isServer, now ?? Now.AddDays(1));

    private static X509Certificate2 MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(100));
    }

    private static X509Certificate2 Make(X509Certificate2 authority, string? name, params Oid[] uses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=side", key, HashAlgorithmName.SHA256);
        if (name is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        if (uses.Length > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. uses], critical: true));
        }

        return request.Create(authority, Now, Now.AddDays(30), [1]);
    }
}
