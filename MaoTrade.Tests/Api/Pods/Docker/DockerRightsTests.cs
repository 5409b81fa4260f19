using System.Diagnostics.CodeAnalysis;
using MaoApi.Pods;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods.Docker;

/// <summary>What the kernel itself says an engine's process may do; each by itself, whatever else the container is made with.</summary>
[DockerEngine]
[Collection("docker")]
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class DockerRightsTests : IAsyncLifetime
{
    private const string End = "that is all";

    private readonly DockerRig _rig = new();
    private readonly TemporaryFolder _folder = new();
    private readonly string _account = "r" + Guid.NewGuid().ToString("N")[..8];

    public Task InitializeAsync() => DockerImage.EnsureAsync();

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        _folder.Dispose();
    }

    [ContractTheory]
    [InlineData("it is not root", @"(?m)^Uid:\s+1000\s+1000\s+1000\s+1000$")]
    [InlineData("nor of root's group", @"(?m)^Gid:\s+1000\s+1000\s+1000\s+1000$")]
    [InlineData("no program gives it capabilities", @"(?m)^CapBnd:\s+0+$")]
    [InlineData("nor another user", @"(?m)^NoNewPrivs:\s+1$")]
    [InlineData("not even root could write to its root file system", @"(?m)^\S+ / \S+ ro[, ]")]
    [InlineData("nothing is run from what it can write without a volume", @"(?m)^tmpfs /tmp tmpfs rw,\S*noexec")]
    public async Task An_engine_has_no_right_it_does_not_need(string because, string line)
    {
        var output = _folder.File("stdout.jsonl");
        var launch = new PodLaunch(
            "test", "", ["-c", $"cat /proc/self/status /proc/mounts; echo {End}; exec sleep 1000"], new PodTrace(_account, _folder.File("pod.json"), output));
        await using var process = await _rig.Driver(_account).StartAsync(launch, default);

        await Until.TrueAsync("the container has told what it is", TimeSpan.FromSeconds(120), async () =>
            File.Exists(output) && (await File.ReadAllTextAsync(output)).Contains(End, StringComparison.Ordinal));

        (await File.ReadAllTextAsync(output)).Should().MatchRegex(line, because);
    }
}
