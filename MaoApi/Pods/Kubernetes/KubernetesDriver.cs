using System.Net;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Kubernetes;

/// <summary>
/// Engines as StatefulSets of one pod. The cluster brings a crashed engine back; the pod counts that, holds down what must not come back,
/// and does not wait for the cluster's growing pauses. Objects that carry other labels are never touched.
/// </summary>
internal sealed class KubernetesDriver(
    KubernetesApi api, PodOptions options, InstallationName installation, TimeProvider time, ILogger<KubernetesDriver> logger) : IPodDriver
{
    /// <summary>How long a start waits for the engine to run before it says what it waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private const int MostConflicts = 5;

    public string Name => "kubernetes";

    public bool KeepsEngines => true;

    public Task<PodPlace> PlaceAsync(string accountId, CancellationToken cancellationToken)
    {
        var paths = Paths(accountId);
        return Task.FromResult(new PodPlace(
            $"{paths.Name}.{paths.Namespace}.svc",
            IPAddress.Any.ToString(),
            PodNames.EnginePort,
            PodNames.HealthPort,
            KubernetesSpec.DataDir,
            KubernetesSpec.FilesDir,
            PodNames.HostOf(PodNames.PodRole),
            PodNames.HostOf(PodNames.GatewayRole)));
    }

    public async Task<IPodProcess?> FindAsync(PodTrace trace, CancellationToken cancellationToken)
    {
        var paths = Paths(trace.AccountId);
        if (await FindOursAsync(paths.StatefulSet, trace.AccountId, cancellationToken) is not { } set || (int?)set["spec"]!["replicas"] == 0)
        {
            return null;
        }

        // One that has ended would come back by itself: its end is judged first.
        var pod = await PodAsync(paths, cancellationToken);
        return pod is not null && (pod.Runs || pod.End is not null) ? Process(paths, pod, trace) : null;
    }

    public async Task<IPodProcess> StartAsync(PodLaunch launch, CancellationToken cancellationToken)
    {
        var accountId = launch.Trace.AccountId;
        var paths = Paths(accountId);
        var ours = await installation.GetAsync(cancellationToken);
        var before = await PodAsync(paths, cancellationToken);
        if (before is { Runs: true }
            && await FindOursAsync(paths.StatefulSet, accountId, cancellationToken) is { } set && (int?)set["spec"]!["replicas"] != 0)
        {
            return Process(paths, before, launch.Trace);
        }

        var present = await FindOursAsync(paths.StatefulSet, accountId, cancellationToken);
        await FindOursAsync(paths.Service, accountId, cancellationToken);
        await FindOursAsync(paths.Secret, accountId, cancellationToken);
        await api.ApplyAsync(paths.Service, KubernetesSpec.Service(paths, accountId, ours), cancellationToken);
        await api.ApplyAsync(paths.Secret, await KubernetesSpec.SecretAsync(paths, accountId, ours, launch.Files, cancellationToken), cancellationToken);
        await api.ApplyAsync(paths.StatefulSet, KubernetesSpec.StatefulSet(paths, launch, options, ours, present), cancellationToken);
        var ended = before is { Runs: false, End: not null } ? before.Uid : null;
        if (ended is not null)
        {
            // Its end has been judged, and the pause before another run is not the cluster's to choose: a new one has neither.
            await api.DeleteAsync(paths.Pod, ended, cancellationToken);
        }

        return Process(paths, await RunningAsync(paths, ended, cancellationToken), launch.Trace);
    }

    public async Task<IReadOnlyList<string>> TendAsync(CancellationToken cancellationToken)
    {
        var selector = Uri.EscapeDataString($"{PodNames.InstallationLabel}={await installation.GetAsync(cancellationToken)},{PodNames.AccountLabel}");
        var sets = await api.FindAsync($"{new KubernetesPaths(api.Namespace, "").StatefulSets}?labelSelector={selector}", cancellationToken);
        return [.. sets?["items"]?.AsArray().Select(set => set!["metadata"]!["annotations"]?[PodNames.AccountLabel]?.ToString()).OfType<string>() ?? []];
    }

    public async Task RemoveAsync(string accountId, CancellationToken cancellationToken)
    {
        var paths = Paths(accountId);
        foreach (var path in (string[])[paths.StatefulSet, paths.Service, paths.Secret])
        {
            if (await api.FindAsync(path, cancellationToken) is { } found && IsOurs(found, accountId, await installation.GetAsync(cancellationToken)))
            {
                await api.DeleteAsync(path, cancellationToken);
            }
        }
    }

    /// <summary>No engine: the cluster stops it in order and does not bring it back.</summary>
    internal async Task ScaleDownAsync(KubernetesPaths paths, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; await api.FindAsync(paths.StatefulSet, cancellationToken) is { } set && (int?)set["spec"]!["replicas"] != 0; conflicts++)
        {
            var change = new JsonObject
            {
                ["metadata"] = new JsonObject { ["resourceVersion"] = set["metadata"]!["resourceVersion"]!.ToString() },
                ["spec"] = new JsonObject { ["replicas"] = 0 },
            };
            try
            {
                await api.MergeAsync(paths.StatefulSet, change, cancellationToken);
                return;
            }
            catch (KubernetesRefusalException refusal) when (refusal.Status == HttpStatusCode.Conflict && conflicts < MostConflicts)
            {
                // Somebody else, mostly the cluster itself, has changed it meanwhile: look again.
            }
        }
    }

    /// <summary>The pod now; null where there is none.</summary>
    internal async Task<KubernetesPod?> PodAsync(KubernetesPaths paths, CancellationToken cancellationToken) =>
        await api.FindAsync(paths.Pod, cancellationToken) is { } pod && pod["metadata"]!["deletionTimestamp"] is null ? KubernetesAnswers.Pod(pod) : null;

    private KubernetesPaths Paths(string accountId) => new(api.Namespace, KubernetesPaths.NameOf(accountId));

    private KubernetesProcess Process(KubernetesPaths paths, KubernetesPod pod, PodTrace trace) => new(paths, pod, trace, this, api, time, logger);

    private async Task<KubernetesPod> RunningAsync(KubernetesPaths paths, string? ended, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var pod = await PodAsync(paths, cancellationToken);
            if (pod is not null && pod.Uid != ended)
            {
                if (pod.Runs || pod.End is not null)
                {
                    return pod;
                }

                var newest = KubernetesAnswers.Revision(await api.FindAsync(paths.StatefulSet, cancellationToken));
                if (newest is not null && pod.Revision != newest)
                {
                    // Of an earlier start that came to nothing: the cluster itself would wait for it before it makes the one that is wanted.
                    await api.DeleteAsync(paths.Pod, pod.Uid, cancellationToken);
                }
                else if (newest is not null && pod.IsHopeless)
                {
                    throw PodDriverException.Refused($"The engine's pod {paths.Name}-0 does not start: {pod.Detail}");
                }
            }

            if (time.GetElapsedTime(began) > Patience)
            {
                throw PodDriverException.Away($"The engine's pod {paths.Name}-0 has not started yet: {pod?.Detail ?? await AbsenceAsync(paths, cancellationToken)}");
            }

            await Task.Delay(LookInterval, time, cancellationToken);
        }
    }

    private async Task<string> AbsenceAsync(KubernetesPaths paths, CancellationToken cancellationToken) =>
        await api.FindAsync(paths.Pod, cancellationToken) is { } leaving
            ? $"the one before it has not ended on {leaving["spec"]?["nodeName"]?.ToString() ?? "its node"}"
            : $"the cluster has not made it (kubectl -n {paths.Namespace} describe statefulset {paths.Name})";

    private async Task<JsonNode?> FindOursAsync(string path, string accountId, CancellationToken cancellationToken)
    {
        var found = await api.FindAsync(path, cancellationToken);
        var ours = await installation.GetAsync(cancellationToken);
        return found is null || IsOurs(found, accountId, ours)
            ? found
            : throw PodDriverException.Refused($"{path} is there, and this installation ({ours}) has not made it for {accountId}: remove or rename it.");
    }

    private static bool IsOurs(JsonNode found, string accountId, string ours) =>
        found["metadata"]!["labels"]?[PodNames.InstallationLabel]?.ToString() == ours
        && found["metadata"]!["annotations"]?[PodNames.AccountLabel]?.ToString() == accountId;
}
