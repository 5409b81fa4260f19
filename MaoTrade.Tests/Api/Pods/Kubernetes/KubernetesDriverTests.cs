using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MaoApi.Pods;
using MaoApi.Pods.Kubernetes;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Api.Pods.Kubernetes;

/// <summary>What only a cluster has; on <see cref="ClusterDouble"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends it by DisposeAsync.")]
public sealed class KubernetesDriverTests : IAsyncLifetime
{
    private const string Script = "trap 'exit 0' TERM; echo started; while :; do sleep 0.1; done";
    private const string Set = $"apis/apps/v1/namespaces/{ClusterDouble.Namespace}/statefulsets/mt-one";
    private const string Pod = $"api/v1/namespaces/{ClusterDouble.Namespace}/pods/mt-one-0";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();
    private readonly List<KubernetesApi> _apis = [];
    private ClusterDouble _cluster = null!;

    public async Task InitializeAsync() => _cluster = await ClusterDouble.StartAsync();

    public async Task DisposeAsync()
    {
        _apis.ForEach(api => api.Dispose());
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_engine_has_no_more_rights_than_it_needs()
    {
        await using var process = await Driver().StartAsync(Launch(), default);

        var spec = _cluster.Store.Find(Set)!["spec"]!;
        var pod = spec["template"]!["spec"]!;
        var engine = pod["containers"]![0]!;
        engine["resources"]!.ToJsonString().Should().Be("""{"requests":{"memory":"256Mi","cpu":"100m"},"limits":{"memory":"512Mi","cpu":"1000m"}}""");
        engine["securityContext"]!.ToJsonString().Should()
            .Be("""{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}""");
        ((bool)pod["automountServiceAccountToken"]!, (bool)pod["securityContext"]!["runAsNonRoot"]!, (int)pod["securityContext"]!["runAsUser"]!)
            .Should().Be((false, true, 1000));
        spec["volumeClaimTemplates"]!.AsArray().Should().ContainSingle();
    }

    [Theory]
    [InlineData("ImagePullBackOff", "Back-off pulling image \"mao-engine\"", false)]
    [InlineData("CreateContainerConfigError", "secret \"mt-one\" not found", false)]
    [InlineData("ContainerCreating", null, true)]
    public async Task Why_it_does_not_start_is_said_in_the_cluster_s_words(string reason, string? message, bool mayPass)
    {
        _cluster.Node.Obstacle = (reason, message ?? "", null);

        var start = () => Driver(patience: mayPass).StartAsync(Launch(), default);

        var fault = (await start.Should().ThrowAsync<PodDriverException>()).Which;
        fault.Message.Should().Contain(reason).And.Contain(message ?? "has not started yet");
        fault.IsAway.Should().Be(mayPass);
    }

    [Fact]
    public async Task An_engine_that_could_not_start_starts_once_it_is_put_right()
    {
        _cluster.Node.Obstacle = ("ImagePullBackOff", "Back-off pulling image \"mao-engine:typo\"", "mao-engine:typo");
        var wrong = () => Driver(image: "mao-engine:typo").StartAsync(Launch(), default);
        await wrong.Should().ThrowAsync<PodDriverException>();
        var before = _cluster.Store.Find(Pod)!["metadata"]!["uid"]!.ToString();

        await using var process = await Driver().StartAsync(Launch(), default).WaitAsync(Deadline);

        var pod = _cluster.Store.Find(Pod)!;
        pod["metadata"]!["uid"]!.ToString().Should().NotBe(before, "a cluster does not replace by itself what has never run");
        pod["spec"]!["containers"]![0]!["image"]!.ToString().Should().Be("mao-engine");
    }

    [Fact]
    public async Task What_the_cluster_stops_in_order_is_not_meant_to_stay_stopped()
    {
        await using var process = await Driver().StartAsync(Launch(), default);
        await Until.TrueAsync("it obeys by now", Deadline, () =>
            Task.FromResult(File.Exists(_folder.File("stdout.jsonl")) && File.ReadAllText(_folder.File("stdout.jsonl")).Contains("started", StringComparison.Ordinal)));

        // As an operator does who empties a node.
        _cluster.Node.Delete(Pod, 10);

        (await process.WaitAsync(default).WaitAsync(Deadline)).Should().Be(new PodEnd(null, "the cluster stopped it"));
    }

    [Fact]
    public async Task Another_size_of_volumes_is_for_volumes_made_from_then_on()
    {
        await using (var process = await Driver().StartAsync(Launch(), default))
        {
            await process.TerminateAsync(default);
            await process.WaitAsync(default).WaitAsync(Deadline);
        }

        await using var again = await Driver(_cluster.Options with { StorageMb = 4_096, StorageClass = "fast" }).StartAsync(Launch(), default);

        var claim = _cluster.Store.Find(Set)!["spec"]!["volumeClaimTemplates"]![0]!["spec"]!;
        (claim["resources"]!["requests"]!["storage"]!.ToString(), claim["storageClassName"]).Should().Be(("2Gi", null));
    }

    [Fact]
    public async Task A_pod_that_has_taken_another_one_s_name_is_not_removed_for_it()
    {
        await using var process = await Driver().StartAsync(Launch(), default);

        await _apis[^1].DeleteAsync(Pod, "d1b7bc4d-e1f4-4d6a-a6e4-7b2a4b0d3c52", default);

        _cluster.Store.Find(Pod)!["metadata"]!["deletionTimestamp"].Should().BeNull();
    }

    [Fact]
    public async Task Without_a_server_of_metrics_nothing_is_wrong_with_an_engine()
    {
        await using var process = await Driver().StartAsync(Launch(), default);
        _cluster.HasNoMetrics = true;

        (await process.MeasureAsync(default)).Should().BeNull();
    }

    [Theory]
    [InlineData("""{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: memory."}""", null, "Evicted: The node was low on resource: memory.")]
    [InlineData("""{"phase":"Failed","reason":"Terminated","message":"Pod was terminated in response to imminent node shutdown.","containerStatuses":[{"name":"engine","restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}""", 0, "Terminated: Pod was terminated in response to imminent node shutdown.")]
    [InlineData("""{"phase":"Running","containerStatuses":[{"name":"engine","restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}""", 137, "OOMKilled")]
    [InlineData("""{"phase":"Running","containerStatuses":[{"name":"engine","restartCount":1,"state":{"running":{"startedAt":"2026-11-21T08:00:00Z"}},"lastState":{"terminated":{"exitCode":70,"reason":"Error"}}}]}""", 70, null)]
    public void An_end_is_told_with_its_reason(string status, int? exitCode, string? reason)
    {
        var pod = KubernetesAnswers.Pod(JsonNode.Parse($$"""{"metadata":{"uid":"0123456789","resourceVersion":"7"},"status":{{status}}}""")!);

        pod.End.Should().Be(new PodEnd(exitCode, reason));
    }

    [Fact]
    public void A_pod_no_node_has_room_for_says_so()
    {
        var pod = KubernetesAnswers.Pod(JsonNode.Parse(
            """{"metadata":{"uid":"0123456789","resourceVersion":"7"},"status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/3 nodes are available: 3 Insufficient memory."}]}}""")!);

        (pod.Runs, pod.IsHopeless, pod.Detail).Should().Be((false, true, "Unschedulable: 0/3 nodes are available: 3 Insufficient memory."));
    }

    [Fact]
    public async Task A_change_by_somebody_else_in_between_is_no_obstacle()
    {
        await using var process = await Driver().StartAsync(Launch(), default);
        _cluster.DisturbsNextMerge = true;

        await process.TerminateAsync(default);

        ((int)_cluster.Store.Find(Set)!["spec"]!["replicas"]!).Should().Be(0);
        _cluster.Store.Find(Set)!["metadata"]!["annotations"]!["touched"]!.ToString().Should().Be("yes");
        await process.WaitAsync(default).WaitAsync(Deadline);
    }

    [Fact]
    public async Task A_token_that_was_changed_is_read_anew()
    {
        var driver = Driver();
        (await driver.TendAsync(default)).Should().BeEmpty();
        _cluster.Renew("token-2");

        (await driver.TendAsync(default)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_not_the_cluster_gets_no_token()
    {
        await using var other = await ClusterDouble.StartAsync();
        var driver = Driver(_cluster.Options with { Server = other.Options.Server });

        var act = () => driver.TendAsync(default);

        (await act.Should().ThrowAsync<PodDriverException>()).Which.IsAway.Should().BeTrue();
        other.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task While_the_cluster_is_away_nothing_is_reported_as_ended_and_nothing_is_doubled()
    {
        var driver = Driver();
        await using var process = await driver.StartAsync(Launch(), default);
        var uid = _cluster.Store.Find(Pod)!["metadata"]!["uid"]!.ToString();
        _cluster.IsBroken = true;
        using var stop = new CancellationTokenSource();
        var wait = process.WaitAsync(stop.Token);
        await Until.TrueAsync("the trouble is told", Deadline, () => Task.FromResult(process.Detail is not null));
        wait.IsCompleted.Should().BeFalse();

        _cluster.IsBroken = false;
        await Until.TrueAsync("the trouble is over", Deadline, () => Task.FromResult(process.Detail is null));
        await using var again = await driver.StartAsync(Launch(), default);

        again.Id.Should().Be(process.Id);
        _cluster.Store.Find(Pod)!["metadata"]!["uid"]!.ToString().Should().Be(uid);
        await stop.CancelAsync();
        await wait.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_watch_that_is_too_late_begins_anew()
    {
        await using var process = await Driver().StartAsync(Launch(), default);
        _cluster.Store.Compact();
        _cluster.RefusesNextWatch = true;
        var wait = process.WaitAsync(default);
        await Until.TrueAsync("it watches again after the refusal", Deadline, () =>
            Task.FromResult(_cluster.Calls.Count(call => call.Contains("watch=true", StringComparison.Ordinal)) >= 2));

        await process.TerminateAsync(default);

        (await wait.WaitAsync(Deadline)).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task A_watch_that_has_lost_its_server_is_given_up_and_the_end_is_seen()
    {
        var clock = new FakeClock();
        await using var started = await Driver().StartAsync(Launch(), default);
        await using var process = await Driver(time: clock).FindAsync(Launch().Trace, default);
        _cluster.HoldsWatches = true;
        var wait = process!.WaitAsync(default);
        await Until.TrueAsync("it watches", Deadline, () =>
            Task.FromResult(_cluster.Calls.Any(call => call.Contains("watch=true", StringComparison.Ordinal))));
        _cluster.Node.Kill("mt-one-0");

        await Until.TrueAsync("the end is seen", Deadline, () =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(wait.IsCompleted);
        });

        (await wait).ExitCode.Should().Be(137);
    }

    [Fact]
    public async Task The_last_words_of_a_run_are_kept_although_the_cluster_has_begun_the_next()
    {
        var launch = Launch() with
        {
            Arguments = ["-c", "if [ -e /data/again ]; then echo back; else touch /data/again; echo dying; exit 70; fi; " + Script],
        };
        await using (await Driver().StartAsync(launch, default))
        {
            await Until.TrueAsync("the cluster runs it again", Deadline, () =>
                Task.FromResult((int?)_cluster.Store.Find(Pod)?["status"]?["containerStatuses"]?[0]?["restartCount"] == 1
                    && _cluster.Store.Find(Pod)?["status"]?["containerStatuses"]?[0]?["state"]?["running"] is not null));
        }

        // A pod that comes later, without a mark of its own, finds both.
        File.Delete(_folder.File("stdout.jsonl"));
        File.Delete(_folder.File("stdout.jsonl.mark"));
        await using var adopted = await Driver().FindAsync(launch.Trace, default);

        await Until.TrueAsync("both runs are told", Deadline, async () =>
            File.Exists(_folder.File("stdout.jsonl")) && (await File.ReadAllTextAsync(_folder.File("stdout.jsonl"))).Contains("back", StringComparison.Ordinal));
        (await File.ReadAllLinesAsync(_folder.File("stdout.jsonl"))).Should().StartWith(["dying", "back"]);
    }

    [Theory]
    [InlineData("demo1", "mt-demo1")]
    [InlineData("a_b", "mt-a-b-[0-9a-f]{8}")]
    [InlineData("_", "mt-[0-9a-f]{8}")]
    [InlineData("a_", "mt-a-[0-9a-f]{8}")]
    [InlineData("a234567890123456789012345678901234567_90", "mt-[a-z0-9-]{1,31}-[0-9a-f]{8}")]
    public void Every_account_has_a_name_a_cluster_takes(string accountId, string pattern)
    {
        var name = KubernetesPaths.NameOf(accountId);

        name.Should().MatchRegex($"^{pattern}$").And.MatchRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
        name.Length.Should().BeLessThanOrEqualTo(52);
    }

    private KubernetesDriver Driver(KubernetesOptions? kubernetes = null, bool patience = false, string image = "mao-engine", TimeProvider? time = null)
    {
        var options = new PodOptions { Installation = "test", Image = image, Kubernetes = kubernetes ?? _cluster.Options };
        var api = new KubernetesApi(options, TimeProvider.System);
        _apis.Add(api);
        return new KubernetesDriver(
            api, options, new InstallationName(null!, options), time ?? (patience ? new HastyClock() : TimeProvider.System), NullLogger<KubernetesDriver>.Instance);
    }

    private PodLaunch Launch() =>
        new("test", "", ["-c", Script], new PodTrace("one", _folder.File("pod.json"), _folder.File("stdout.jsonl")));

    /// <summary>Every look at the clock is ten seconds after the one before.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _looks;

        public override long GetTimestamp() => Interlocked.Increment(ref _looks) * 10 * TimestampFrequency;
    }
}
