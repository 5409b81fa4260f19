using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.EndToEnd.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Commands;

public sealed class HealthVerbTests
{
    [Fact]
    public async Task A_gateway_that_is_ready_is_healthy_and_a_port_nobody_listens_on_is_not()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.App.Services.GetRequiredService<Readiness>().Open();

        var ready = await Mao.RunAsync(["health", "--port", gateway.Http.BaseAddress!.Port.ToString()]);
        var silent = await Mao.RunAsync(["health"], environment: ("MAO_PORT", ChildProcess.FreePort().ToString()));

        (ready.ExitCode, silent.ExitCode).Should().Be((0, 1));
        ready.Output.Should().StartWith("healthy: ");
        silent.Output.Should().StartWith("unhealthy: port ");
    }

    [Fact]
    public async Task Without_the_role_api_a_process_is_healthy_while_it_holds_its_folder()
    {
        using var temp = new TemporaryFolder();
        using (DataFolder.Open(temp.Path, GatewayRoles.Pod))
        {
            (await Mao.RunAsync(["health", "--data-dir", temp.Path], environment: ("MAO_ROLE", "pod"))).ExitCode.Should().Be(0);
            (await Mao.RunAsync(["health", "--data-dir", temp.Path], environment: ("MAO_ROLE", "data"))).ExitCode.Should().Be(1);
        }

        (await Mao.RunAsync(["health", "--data-dir", temp.Path], environment: ("MAO_ROLE", "pod"))).ExitCode.Should().Be(1);
    }

    [Fact]
    public void Two_processes_share_a_folder_when_their_roles_differ()
    {
        using var temp = new TemporaryFolder();
        using var gateway = DataFolder.Open(temp.Path, GatewayRoles.Api | GatewayRoles.Data);
        using var pod = DataFolder.Open(temp.Path, GatewayRoles.Pod);

        var second = () => DataFolder.Open(temp.Path, GatewayRoles.Data);

        second.Should().Throw<DataFolderLockedException>();
    }

    [Fact]
    public void Two_gateways_share_a_folder_when_their_names_differ()
    {
        using var temp = new TemporaryFolder();
        using var old = DataFolder.Open(temp.Path, GatewayRoles.Api | GatewayRoles.Data);
        using var next = DataFolder.Open(temp.Path, GatewayRoles.Api, "b");

        var again = () => DataFolder.Open(temp.Path, GatewayRoles.Api, "b");
        var jobs = () => DataFolder.Open(temp.Path, GatewayRoles.Api | GatewayRoles.Data, "c");

        again.Should().Throw<DataFolderLockedException>();
        jobs.Should().Throw<DataFolderLockedException>("jobs are done by one");
        DataFolder.IsHeld(temp.Path, GatewayRoles.Api, "b").Should().BeTrue();
        DataFolder.IsHeld(temp.Path, GatewayRoles.Api, "c").Should().BeFalse();
    }
}
