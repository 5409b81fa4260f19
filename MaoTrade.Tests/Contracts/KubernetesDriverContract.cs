using MaoApi.Pods;
using MaoApi.Pods.Kubernetes;
using MaoTrade.Tests.Api.Pods.Kubernetes;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Contracts;

/// <summary>StatefulSets of a cluster of our own making: see <see cref="ClusterDouble"/> for what that proves.</summary>
public sealed class KubernetesDriverContract : PodDriverContract
{
    private readonly List<KubernetesApi> _apis = [];
    private ClusterDouble _cluster = null!;

    public override async Task InitializeAsync() => _cluster = await ClusterDouble.StartAsync();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _apis.ForEach(api => api.Dispose());
        await _cluster.DisposeAsync();
    }

    private protected override IPodDriver Driver()
    {
        var options = new PodOptions { Installation = "test", Kubernetes = _cluster.Options };
        var api = new KubernetesApi(options, TimeProvider.System);
        _apis.Add(api);
        return new KubernetesDriver(api, options, new InstallationName(null!, options), TimeProvider.System, NullLogger<KubernetesDriver>.Instance);
    }

    /// <summary>Its node brings it back.</summary>
    private protected override Task CrashAsync(IPodProcess process)
    {
        _cluster.Node.Kill($"mt-{AccountId}-0");
        return Task.CompletedTask;
    }
}
