using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MaoTrade.Protocol.Tls;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Commands;

public sealed class CertTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("secrets");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Certificates_are_made_once_for_one_side_each_with_keys_only_their_owner_reads()
    {
        var first = await MakeAsync("--account", "demo1", "--account", "demo2");
        var second = await MakeAsync("--account", "demo1", "--account", "demo2", "--account", "demo3");

        first.Should().Equal(("ca", true), ("gateway", true), ("engine-demo1", true), ("engine-demo2", true));
        second.Should().Equal(("ca", false), ("gateway", false), ("engine-demo1", false), ("engine-demo2", false), ("engine-demo3", true));
        foreach (var key in Directory.GetFiles(Out, "*.key"))
        {
            File.GetUnixFileMode(key).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Out, "ca.crt"));
        using var engine = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Out, "engine-demo1.crt"));
        using var gateway = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Out, "gateway.crt"));
        var now = TimeProvider.System.GetUtcNow();
        WireCertificate.Fault(engine, authority, "mt-demo1", isServer: true, now).Should().BeNull();
        WireCertificate.Fault(engine, authority, "mt-demo2", isServer: true, now).Should().Contain("not of mt-demo2");
        WireCertificate.Fault(engine, authority, "mt-demo1", isServer: false, now).Should().Contain("not for clients alone");
        WireCertificate.Fault(gateway, authority, "mao-gateway", isServer: false, now).Should().BeNull();
        WireCertificate.Fault(gateway, authority, "mao-gateway", isServer: true, now).Should().Contain("not for servers alone");
    }

    [ServerFact("openssl")]
    public async Task OpenSSL_finds_the_chain_the_use_and_the_name_in_order()
    {
        await MakeAsync("--account", "a_b");

        var said = await Containers.Command.RunAsync(
            "openssl", ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", Path.Combine(Out, "ca.crt"), Path.Combine(Out, "engine-a_b.crt")]);
        var (code, _, error) = await Containers.Command.TryAsync(
            "openssl", ["verify", "-purpose", "sslclient", "-CAfile", Path.Combine(Out, "ca.crt"), Path.Combine(Out, "engine-a_b.crt")]);
        var text = await Containers.Command.RunAsync("openssl", ["x509", "-in", Path.Combine(Out, "engine-a_b.crt"), "-noout", "-ext", "subjectAltName"]);

        said.Should().EndWith(": OK");
        code.Should().NotBe(0);
        error.Should().MatchRegex("(?i)purpose");
        text.Should().Contain("DNS:mt-a_b");
    }

    [Fact]
    public async Task Those_about_to_end_are_made_anew_and_others_when_it_is_asked()
    {
        await MakeAsync("--account", "demo1", "--days", "20");

        (await MakeAsync("--account", "demo1")).Should().Equal(("ca", false), ("gateway", true), ("engine-demo1", true));
        (await MakeAsync("--account", "demo1", "--renew")).Should().Equal(("ca", false), ("gateway", true), ("engine-demo1", true));
    }

    [Fact]
    public async Task Wrong_words_are_all_named_and_an_authority_without_its_key_signs_nothing()
    {
        var wrong = await Mao.RunAsync(["cert", "make", "--out", Out, "--account", "Demo 1", "--account", "x/y", "--days", "0"]);
        await MakeAsync();
        File.Delete(Path.Combine(Out, "ca.key"));
        var keyless = await Mao.RunAsync(["cert", "make", "--out", Out, "--account", "demo1"]);

        wrong.ExitCode.Should().Be(2);
        wrong.Error.Should().Contain("'Demo 1'").And.Contain("'x/y'").And.Contain("--days");
        keyless.ExitCode.Should().NotBe(0);
        keyless.Error.Should().Contain("ca.key");
        File.Exists(Path.Combine(Out, "engine-demo1.crt")).Should().BeFalse();
    }

    private async Task<IEnumerable<(string File, bool IsNew)>> MakeAsync(params string[] words)
    {
        var run = await Mao.RunAsync(["cert", "make", "--out", Out, "--json", .. words]);
        (run.ExitCode, run.Error).Should().Be((0, ""));
        return JsonNode.Parse(run.Output)!["items"]!.AsArray().Select(item => (item!["file"]!.ToString(), item["isNew"]!.GetValue<bool>())).ToList();
    }
}
