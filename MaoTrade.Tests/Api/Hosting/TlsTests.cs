using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not()
    {
        var clock = new FakeClock();
        Write("first");
        await using var gateway = await Gateway.StartAsync(clock, configure: options => options with
        {
            Http = new HttpOptions { Tls = new TlsOptions { CertificateFile = _folder.File("cert.pem"), KeyFile = _folder.File("key.pem") } },
        });
        (await SubjectAsync(gateway)).Should().Be("CN=first");

        Write("second");
        clock.Advance(TimeSpan.FromSeconds(5));
        (await SubjectAsync(gateway)).Should().Be("CN=second");

        await File.WriteAllTextAsync(_folder.File("cert.pem"), "no certificate");
        File.SetLastWriteTimeUtc(_folder.File("cert.pem"), DateTime.UnixEpoch);
        clock.Advance(TimeSpan.FromSeconds(5));
        (await SubjectAsync(gateway)).Should().Be("CN=second");
        gateway.Log.All.Should().Contain(line => line.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public void Half_of_a_pair_and_files_that_are_not_there_are_refused_at_the_start()
    {
        var reader = new SettingsReader(name => name == "MAO_TLS_CERT" ? "/no/such/file.pem" : null);

        TlsOptions.Read(reader);

        reader.Errors.Should().HaveCount(2);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> SubjectAsync(Gateway gateway)
    {
        var subject = "";
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            subject = certificate!.Subject;
            return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(new Uri(gateway.Http.BaseAddress!, "/health/live"));
        answer.Headers.GetValues("Strict-Transport-Security").Should().ContainSingle();
        return subject;
    }

    private void Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(_folder.File("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
