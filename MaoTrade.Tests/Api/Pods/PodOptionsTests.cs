using MaoApi.Hosting;
using MaoApi.Pods;

namespace MaoTrade.Tests.Api.Pods;

public sealed class PodOptionsTests
{
    [Fact]
    public void Engines_are_child_processes_unless_said_otherwise()
    {
        var pods = Read([], out var faults).Pods;

        faults.Should().BeEmpty();
        (pods.Driver, pods.MemoryMb, pods.MemoryReservedMb, pods.Cpus, pods.Image).Should().Be((PodDriverKind.Child, 512, 256, 1.0, "mao-engine"));
        pods.Docker.SubnetPool.ToString().Should().Be("10.231.0.0/16");
    }

    [Fact]
    public void A_pod_by_itself_may_hold_Docker()
    {
        var pods = Read(new() { ["MAO_ROLE"] = "pod", ["MAO_POD_DRIVER"] = "docker", ["DOCKER_HOST"] = "unix:///run/other.sock" }, out var faults).Pods;

        faults.Should().BeEmpty();
        (pods.Driver, pods.Docker.Socket).Should().Be((PodDriverKind.Docker, "/run/other.sock"));
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        Read(
            new()
            {
                ["MAO_ROLE"] = "pod",
                ["MAO_POD_DRIVER"] = "podman",
                ["POD_MEMORY_MB"] = "12",
                ["POD_CPUS"] = "many",
                ["POD_SUBNET_POOL"] = "10.0.0.0/30",
                ["DOCKER_HOST"] = "tcp://10.0.0.1:2375",
                ["POD_PULL_POLICY"] = "Sometimes",
                ["MAO_INSTALLATION"] = "My Site",
                ["POD_STORAGE_MB"] = "1",
            },
            out var faults);

        faults.Select(fault => fault.Split(':')[0]).Should().BeEquivalentTo(
            "--pod-driver", "POD_MEMORY_MB", "POD_CPUS", "POD_SUBNET_POOL", "DOCKER_HOST", "POD_PULL_POLICY", "MAO_INSTALLATION", "POD_STORAGE_MB");
    }

    [Theory]
    [InlineData("api", "docker", "127.0.0.1", "role pod")]
    [InlineData("api,data", "kubernetes", "127.0.0.1", "role pod")]
    [InlineData("api,pod", "docker", "0.0.0.0", "serves the API to other machines")]
    [InlineData("pod", "kubernetes", "127.0.0.1", "KUBERNETES_SERVICE_HOST")]
    public void What_starts_containers_is_the_role_pods_alone(string roles, string driver, string bind, string expected)
    {
        Read(new() { ["MAO_ROLE"] = roles, ["MAO_POD_DRIVER"] = driver, ["MAO_BIND"] = bind }, out var faults);

        faults.Should().Contain(fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void More_cannot_be_reserved_than_may_be_used()
    {
        Read(new() { ["POD_MEMORY_MB"] = "128" }, out var faults);

        faults.Should().ContainSingle().Which.Should().Contain("POD_MEMORY_RESERVED_MB");
    }

    private static GatewayOptions Read(Dictionary<string, string> environment, out IReadOnlyList<string> faults) =>
        CommandLine.ReadEnvironment(name => environment.GetValueOrDefault(name), out faults);
}
