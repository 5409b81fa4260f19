using MaoApi.Engines;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Engines;

/// <summary>Engines somebody else runs.</summary>
public sealed class NamedEnginesTests
{
    [Fact]
    public void Accounts_and_addresses_are_read()
    {
        var (engines, faults) = Read("demo1=engine-a:2270, demo2=10.231.0.18", GatewayRoles.Api | GatewayRoles.Data);

        faults.Should().BeEmpty();
        engines.Should().Equal(new NamedEngine("demo1", "engine-a", 2270), new NamedEngine("demo2", "10.231.0.18", 2260));
    }

    [Fact]
    public void Everything_wrong_is_named()
    {
        var (_, faults) = Read("Demo=x, demo1=a:70000, demo2=b, demo2=c, demo3", GatewayRoles.All);

        faults.Should().HaveCount(5).And.Contain(fault => fault.Contains("'Demo=x'", StringComparison.Ordinal))
            .And.Contain(fault => fault.Contains("'demo1=a:70000'", StringComparison.Ordinal))
            .And.Contain(fault => fault.Contains("demo2 stands there more than once", StringComparison.Ordinal))
            .And.Contain(fault => fault.Contains("'demo3'", StringComparison.Ordinal))
            .And.Contain(fault => fault.Contains("role pod", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_engine_that_is_elsewhere_is_not_called_without_certificates()
    {
        await using var gateway = await Gateway.StartAsync(configure: options => options with { Engines = [new NamedEngine("one", "192.0.2.1", 2260)] });
        (await gateway.App.Services.GetRequiredService<NamedEngines>().TakeInAsync(CancellationToken.None)).Should().BeEmpty();

        var reply = await gateway.GetAsync("/clientmt/orders?accountId=one");

        (reply.Status, reply.Code).Should().Be((502, 40));
        gateway.Log.All.Should().Contain(line => line.Contains("WIRE_TLS_CA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_come_from_their_folder_and_what_is_wrong_changes_nothing()
    {
        using var keys = new TemporaryFolder();
        await File.WriteAllTextAsync(keys.File("engine-one.json"), """{"keyId":"mk_abc","secret":"0123456789012345678901234567890123456789"}""");
        await using var gateway = await Gateway.StartAsync(configure: options => options with
        {
            Engines = [new NamedEngine("one", "127.0.0.1", 2260)],
            EngineKeysDir = keys.Path,
        });
        await using var other = await Gateway.StartAsync(configure: options => options with
        {
            Engines = [new NamedEngine("one", "127.0.0.1", 2260), new NamedEngine("nobody", "127.0.0.1", 2260)],
            EngineKeysDir = keys.File("missing"),
        });

        var taken = await gateway.App.Services.GetRequiredService<NamedEngines>().TakeInAsync(CancellationToken.None);
        var refused = await other.App.Services.GetRequiredService<NamedEngines>().TakeInAsync(CancellationToken.None);

        taken.Should().BeEmpty();
        var key = await gateway.App.Services.GetRequiredService<MaoApi.Auth.Services.ServiceKeys>().FindAsync("mk_abc", CancellationToken.None);
        key!.Caller.AccountId.Should().Be("one");
        refused.Should().Contain(fault => fault.Contains("no account nobody", StringComparison.Ordinal))
            .And.Contain(fault => fault.Contains("engine-one.json", StringComparison.Ordinal));
        (await other.App.Services.GetRequiredService<EngineDirectory>().FindAsync("one", CancellationToken.None))!.Port.Should().Be(other.Engine.Port);
    }

    private static (IReadOnlyList<NamedEngine> Engines, IReadOnlyList<string> Faults) Read(string text, GatewayRoles roles)
    {
        var settings = new SettingsReader(name => name == "ENGINES" ? text : null);
        return (NamedEngine.Read(settings, roles), settings.Errors);
    }
}
