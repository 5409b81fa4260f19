using System.Net;
using MaoApi.Engines.Certificates;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Persistence;
using MaoTrade.Protocol.Tls;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Hosting;

/// <summary>What an engine in a container is told, and what it refuses to start with.</summary>
public sealed class ContainerSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_wrong_variable_is_named_at_once()
    {
        var faults = new List<string>();
        var environment = new Dictionary<string, string>
        {
            ["LOG_CONFIG"] = "perhaps",
            ["PUSH_NOTIFY"] = "2",
            ["FLUENTD_ENABLE"] = "x",
            ["FLUENTD_HOST"] = "not a host",
            ["FLUENTD_LEVEL"] = "loud",
            ["LOG_QUERY"] = "some",
            ["DB_PROVIDER"] = "oracle",
            ["DB_PORT"] = "0",
            ["DB_POOL"] = "many",
            ["DB_PASSWORD"] = "very secret",
            ["DB_PASSWORD_FILE"] = "/nowhere/at/all",
            ["WS_BASEURL"] = "ftp://x",
            ["WS_SSL_VERIFY"] = "no",
            ["WIRE_TLS_CERT"] = "half.crt",
        };

        ContainerVariables.Read(environment.GetValueOrDefault, faults);
        StoreOptions.Read("demo", environment.GetValueOrDefault, faults);
        GatewayOptions.Read(environment.GetValueOrDefault, faults);
        WireFiles.Read(environment.GetValueOrDefault, faults.Add);

        foreach (var name in environment.Keys.Append("WIRE_TLS_CA"))
        {
            faults.Should().Contain(fault => fault.Contains(name, StringComparison.Ordinal));
        }

        faults.Should().NotContain(fault => fault.Contains("very secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_in_order_are_taken()
    {
        var faults = new List<string>();
        var environment = new Dictionary<string, string>
        {
            ["LOG_CONFIG"] = "true",
            ["PUSH_NOTIFY"] = "false",
            ["FLUENTD_ENABLE"] = "true",
            ["FLUENTD_HOST"] = "fluentd:24224",
            ["FLUENTD_LEVEL"] = "ERROR",
            ["LOG_QUERY"] = "slow",
            ["DB_PROVIDER"] = "sqlite",
            ["WS_BASEURL"] = "https://gateway:8443",
            ["WS_SSL_VERIFY"] = "false",
            ["SERVICE_KEY_FILE"] = "/run/secrets/engine.json",
        };

        var read = ContainerVariables.Read(environment.GetValueOrDefault, faults);
        var gateway = GatewayOptions.Read(environment.GetValueOrDefault, faults);

        faults.Should().BeEmpty();
        read.Should().Be(new ContainerVariables { LogConfig = true, PushNotify = false, OutputLevel = "error", Collector = "fluentd:24224", Statements = StatementLogging.Slow });
        gateway.Should().Be(new GatewayOptions(new Uri("https://gateway:8443"), "/run/secrets/engine.json") { VerifiesCertificate = false });
    }

    [Fact]
    public void Off_the_loopback_address_there_is_no_wire_without_a_certificate_of_the_account()
    {
        new CertificateMaker(_folder.Path, TimeProvider.System).Make(["demo", "other"], days: 30, renew: false);

        Read(IPAddress.Loopback, null).Should().BeEmpty();
        Read(IPAddress.Any, "engine-demo").Should().BeEmpty();
        Read(IPAddress.Any, null).Should().ContainSingle().Which.Should().Contain("WIRE_TLS_CA, WIRE_TLS_CERT and WIRE_TLS_KEY are expected");
        Read(IPAddress.Any, "engine-other").Should().ContainSingle().Which.Should().Contain("that of mt-other, not of mt-demo");
        Read(IPAddress.Any, "gateway").Should().ContainSingle().Which.Should().Contain("not for servers alone");
        Read(IPAddress.Any, "nobody").Should().ContainSingle().Which.Should().Contain("nobody.crt");
    }

    private List<string> Read(IPAddress bind, string? certificate)
    {
        var faults = new List<string>();
        var options = new EngineOptions
        {
            AccountId = "demo",
            DataDir = _folder.Path,
            Bind = bind,
            Port = 0,
            HealthPort = 0,
            Broker = "paper",
            BrokerUrl = "tcp://127.0.0.1:1",
            LogLevel = "info",
            MaxConnections = 10,
            CommandBase = 0,
            Wire = certificate is null ? null : new WireFiles(_folder.File("ca.crt"), _folder.File(certificate + ".crt"), _folder.File(certificate + ".key")),
        };
        EngineSettings.Read(options, _ => null, faults);
        return faults;
    }
}
