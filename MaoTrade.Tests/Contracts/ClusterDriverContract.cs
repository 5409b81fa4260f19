using MaoApi.Pods;
using MaoApi.Pods.Kubernetes;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Contracts;

/// <summary>StatefulSets of a real cluster, with the rights of k8s/pod.yaml and no others. Volumes stay behind: the account cannot remove them.</summary>
[NeedsCluster]
public sealed class ClusterDriverContract : PodDriverContract
{
    private readonly string _installation = "test-" + Guid.NewGuid().ToString("N")[..8];
    private readonly List<KubernetesApi> _apis = [];

    private KubernetesPaths Paths => new(_apis[0].Namespace, KubernetesPaths.NameOf(AccountId));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_apis.Count > 0)
        {
            await Driver().RemoveAsync(AccountId, default);
        }

        _apis.ForEach(api => api.Dispose());
    }

    /// <summary>Figures come from a server that a cluster may lack.</summary>
    public override async Task What_it_uses_can_be_measured()
    {
        var process = await StartAsync(Driver(), Obedient);
        if (await _apis[0].FindAsync("apis/metrics.k8s.io/v1beta1", default) is null)
        {
            (await process.MeasureAsync(default)).Should().BeNull();
            return;
        }

        await base.What_it_uses_can_be_measured();
    }

    [ContractFact]
    public async Task An_engine_that_could_not_start_starts_once_it_is_put_right()
    {
        var wrong = () => StartAsync(Driver(NeedsClusterAttribute.Image + ":bad"), Obedient);
        await Until.TrueAsync("the cluster says what is wrong", Deadline, async () =>
            (await wrong.Should().ThrowAsync<PodDriverException>()).Which.Message.Contains("ImagePull", StringComparison.Ordinal));

        await StartAsync(Driver(), Obedient);

        await SaysAsync("started");
    }

    private protected override IPodDriver Driver() => Driver(NeedsClusterAttribute.Image);

    private KubernetesDriver Driver(string image)
    {
        var options = new PodOptions
        {
            Installation = _installation,
            Image = image,
            Kubernetes = new KubernetesOptions { Server = NeedsClusterAttribute.Server, Credentials = NeedsClusterAttribute.Account, StorageMb = 64 },
        };
        var api = new KubernetesApi(options, TimeProvider.System);
        _apis.Add(api);
        return new KubernetesDriver(api, options, new InstallationName(null!, options), TimeProvider.System, NullLogger<KubernetesDriver>.Instance);
    }

    /// <summary>Its pod is removed; the cluster makes another one.</summary>
    private protected override Task CrashAsync(IPodProcess process) => _apis[0].DeleteAsync($"{Paths.Pod}?gracePeriodSeconds=1", default);
}
