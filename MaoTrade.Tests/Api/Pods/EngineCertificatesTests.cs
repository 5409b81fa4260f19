using MaoApi.Hosting;
using MaoApi.Pods;
using MaoTrade.Protocol.Tls;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

/// <summary>What a pod gives an engine that others can reach, and that it starts none without.</summary>
public sealed class EngineCertificatesTests : IDisposable
{
    private static readonly PodPlace Elsewhere = PodPlace.ThisMachine with { Bind = "0.0.0.0" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void On_the_loopback_address_an_engine_needs_none() => Of(null).Of("one", PodPlace.ThisMachine).Should().BeNull();

    [Fact]
    public void A_pod_without_certificates_starts_no_engine_that_others_can_reach()
    {
        var of = () => Of(null).Of("one", Elsewhere);

        of.Should().Throw<PodDriverException>().WithMessage("Others can reach the engine of one*WIRE_TLS_CA*")
            .Which.IsAway.Should().BeFalse();
    }

    [Theory]
    [InlineData("crt")]
    [InlineData("key")]
    public void An_account_without_its_own_certificate_and_key_is_told_how_to_make_them(string missing)
    {
        foreach (var kind in (string[])["crt", "key"])
        {
            File.WriteAllText(_folder.File($"engine-one.{kind}"), "x");
            File.WriteAllText(_folder.File($"engine-two.{kind}"), "x");
        }

        var certificates = Of(new WireFiles(_folder.File("ca.crt"), _folder.File("gateway.crt"), _folder.File("gateway.key")));
        certificates.Of("one", Elsewhere).Should().Be(new WireFiles(_folder.File("ca.crt"), _folder.File("engine-one.crt"), _folder.File("engine-one.key")));
        File.Delete(_folder.File($"engine-one.{missing}"));

        var of = () => certificates.Of("one", Elsewhere);

        of.Should().Throw<PodDriverException>().WithMessage("*no engine-one.crt with its .key*cert make*--account one*");
    }

    private static EngineCertificates Of(WireFiles? files) => new(new GatewayOptions { WireFiles = files });
}
