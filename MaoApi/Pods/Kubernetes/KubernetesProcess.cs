using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Kubernetes;

/// <summary>One run of an engine's container, watched until it ends; the cluster may begin the next one by itself.</summary>
internal sealed class KubernetesProcess : ManagedRun
{
    private const int WatchSeconds = 60;

    /// <summary>How much later than it was asked to a watch may end: one that goes on has lost its server without knowing.</summary>
    private static readonly TimeSpan WatchDeadline = TimeSpan.FromSeconds(WatchSeconds + 15);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(15);

    private readonly KubernetesPaths _paths;
    private readonly string _selector;
    private readonly KubernetesPod _run;
    private readonly KubernetesDriver _driver;
    private readonly KubernetesApi _api;
    private volatile bool _isAsked;

    public KubernetesProcess(
        KubernetesPaths paths, KubernetesPod run, PodTrace trace, KubernetesDriver driver, KubernetesApi api, TimeProvider time, ILogger logger)
        : base(run.RunId, run.StartedAt, time)
    {
        _paths = paths;
        _selector = Uri.EscapeDataString($"metadata.name={paths.Name}-0");
        _run = run;
        _driver = driver;
        _api = api;
        Follow(new KubernetesLog(api, paths, trace.OutputFile, time, logger).FollowAsync);
    }

    public override async Task<PodEnd> WaitAsync(CancellationToken cancellationToken)
    {
        for (var retry = FirstRetry; ; retry = retry * 2 < LastRetry ? retry * 2 : LastRetry)
        {
            try
            {
                // A list, because the version of a pod that has long been quiet is too old to watch from.
                var list = await _api.FindAsync($"{_paths.Pods}?fieldSelector={_selector}", cancellationToken);
                Trouble = null;
                if ((EndOf(list?["items"]?.AsArray().FirstOrDefault()) ?? await WatchAsync(list!, cancellationToken)) is { } end)
                {
                    return await EndedAsync(Meant(end));
                }

                retry = FirstRetry / 2;
            }
            catch (KubernetesRefusalException refusal) when (refusal.Status == HttpStatusCode.Gone)
            {
                // What was to be watched from is too long ago: look, then watch from now.
            }
            catch (Exception trouble) when (trouble is PodDriverException { IsAway: true } or IOException or HttpRequestException)
            {
                // What runs goes on without its cluster's management; nothing is known of it, and nothing done.
                Trouble = trouble.Message;
            }

            await Task.Delay(retry, Time, cancellationToken);
        }
    }

    /// <summary>The server of metrics is an addition to a cluster: that it is away stands in no engine's way.</summary>
    public override async Task<PodUsage?> MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            return KubernetesAnswers.Usage(await _api.FindAsync(_paths.Metrics, cancellationToken));
        }
        catch (KubernetesRefusalException refusal) when (refusal.IsAway)
        {
            return null;
        }
    }

    public override Task TerminateAsync(CancellationToken cancellationToken)
    {
        _isAsked = true;
        return _driver.ScaleDownAsync(_paths, cancellationToken);
    }

    /// <summary>A second of grace, not none: without any, Kubernetes would forget a pod that may still run.</summary>
    public override async Task KillAsync(CancellationToken cancellationToken)
    {
        await TerminateAsync(cancellationToken);
        await _api.DeleteAsync($"{_paths.Pod}?gracePeriodSeconds=1", cancellationToken);
    }

    public override Task ForgetAsync(bool forGood, CancellationToken cancellationToken) =>
        forGood ? _driver.ScaleDownAsync(_paths, cancellationToken) : Task.CompletedTask;

    /// <summary>
    /// A cluster ends engines in order for reasons of its own: a node that is drained or shut down, an eviction, a probe that had no answer.
    /// Then 0 does not say that the engine is to stay stopped.
    /// </summary>
    private PodEnd Meant(PodEnd end) => end.ExitCode == 0 && !_isAsked ? new PodEnd(null, end.Reason ?? "the cluster stopped it") : end;

    /// <summary>Follows the pod for a while. Null where this run goes on.</summary>
    private async Task<PodEnd?> WatchAsync(JsonNode list, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(WatchDeadline, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await WatchOnceAsync(list, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw PodDriverException.Away($"The watch of {_paths.Name}-0 has not ended within {WatchDeadline.TotalSeconds} s.", late);
        }
    }

    private async Task<PodEnd?> WatchOnceAsync(JsonNode list, CancellationToken cancellationToken)
    {
        await using var stream = await _api.StreamAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_paths.Pods}?watch=true&fieldSelector={_selector}&resourceVersion={list["metadata"]!["resourceVersion"]}&timeoutSeconds={WatchSeconds}"),
            cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            JsonNode change;
            try
            {
                change = JsonNode.Parse(line)!;
            }
            catch (JsonException cut)
            {
                throw new IOException("the watch of the pod broke off", cut);
            }

            switch (change["type"]?.ToString())
            {
                case "ERROR":
                    throw new KubernetesRefusalException((HttpStatusCode)((int?)change["object"]?["code"] ?? 500), change["object"]?["message"]?.ToString() ?? "");
                case "DELETED":
                    return EndOf(change["object"]) ?? new PodEnd(null, "the pod was removed");
                case "ADDED" or "MODIFIED" when EndOf(change["object"]) is { } end:
                    return end;
            }
        }

        return null;
    }

    /// <summary>How this run ended, as a pod's state tells it; null where it goes on.</summary>
    private PodEnd? EndOf(JsonNode? node)
    {
        if (node is null)
        {
            return new PodEnd(null, "the pod was removed");
        }

        var now = KubernetesAnswers.Pod(node);
        if (now.Uid != _run.Uid)
        {
            return new PodEnd(null, "another pod has taken its place");
        }

        return now.Runs && now.Restarts == _run.Restarts && _run.Runs ? null : now.End ?? new PodEnd(null, now.Detail);
    }
}
