using System.Diagnostics.CodeAnalysis;
using MaoApi.Pods;
using MaoTrade.Tests.Api.Pods.Docker;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Contracts;

/// <summary>Containers of a real Docker engine.</summary>
[DockerEngine]
[Collection("docker")]
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class DockerDriverContract : PodDriverContract
{
    private readonly DockerRig _rig = new();

    public override Task InitializeAsync() => DockerImage.EnsureAsync();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _rig.DisposeAsync();
    }

    private protected override IPodDriver Driver() => _rig.Driver(AccountId);

    /// <summary>Killed through the API: Docker does not bring it back, the pod must.</summary>
    private protected override Task CrashAsync(IPodProcess process) =>
        _rig.Api.PostAsync($"containers/{PodNames.Of(AccountId)}/kill", null, default);
}
