using MaoApi.Engines;
using MaoApi.Engines.Certificates;
using MaoApi.Hosting;
using MaoTrade.Protocol.Tls;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Engines;

/// <summary>Where the gateway's wire is plain, where it is secured, and where there is none.</summary>
public sealed class EngineTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EngineTlsTests() => new CertificateMaker(_folder.Path, TimeProvider.System).Make(["one"], days: 30, renew: false);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("localhost", false)]
    [InlineData("192.0.2.1", true)]
    [InlineData("engine-a", true)]
    [InlineData("localhost.example.com", true)]
    [InlineData("0.0.0.0", true)]
    public void Off_this_machine_there_is_no_wire_without_certificates(string host, bool isElsewhere)
    {
        var without = Of(null).ProxyOptions("one", host);
        var with = Of(Files("gateway")).ProxyOptions("one", host);

        (without is null).Should().Be(isElsewhere, "plain bytes leave this machine for nobody");
        (with!.Tls is not null).Should().Be(isElsewhere);
        (with.Tls?.TargetHost ?? "mt-one").Should().Be("mt-one", "no other account's engine answers for it");
    }

    [Theory]
    [InlineData("gateway", null)]
    [InlineData("engine-one", "is not for clients alone")]
    [InlineData("nobody", "there is no file")]
    public void A_gateway_does_not_start_with_a_certificate_its_engines_refuse(string side, string? fault)
    {
        var files = Files(side).Variables;
        var settings = new SettingsReader(files.GetValueOrDefault);

        EngineWireFiles.Read(settings);

        if (fault is null)
        {
            settings.Errors.Should().BeEmpty();
        }
        else
        {
            settings.Errors.Should().ContainSingle().Which.Should().Contain("WIRE_TLS_CERT").And.Contain(fault);
        }
    }

    private static EngineTls Of(WireFiles? files) => new(new GatewayOptions { WireFiles = files }, TimeProvider.System);

    private WireFiles Files(string side) => new(_folder.File("ca.crt"), _folder.File(side + ".crt"), _folder.File(side + ".key"));
}
