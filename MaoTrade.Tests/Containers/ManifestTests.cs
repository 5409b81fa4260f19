using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MaoApi.Pods;
using MaoApi.Pods.Kubernetes;
using MaoTrade.Protocol.Tls;
using MaoTrade.Tests.Api.Pods.Kubernetes;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaoTrade.Tests.Containers;

/// <summary>The files in <c>k8s</c>: every member is known, every name they give each other exists, and the engine's is what the driver makes.</summary>
public sealed class ManifestTests
{
    /// <summary>What YAML 1.1 reads as something else, such as a bare <c>no</c>, becomes visible as JSON.</summary>
    private const string ToJson = "import sys, json, yaml; print(json.dumps([d for d in yaml.safe_load_all(sys.stdin.read()) if d]))";

    [ManifestFact]
    public async Task Every_member_is_one_Kubernetes_knows()
    {
        var manifests = await ReadAllAsync();

        manifests.SelectMany(KnownFields.Unknown).Should().BeEmpty();
        KnownFields.Unknown(JsonNode.Parse("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"x"},"spec":{"port":[]}}""")!.AsObject())
            .Should().Equal("v1/Service.spec.port");
    }

    [ManifestFact]
    public async Task Names_and_namespaces_are_right()
    {
        var manifests = await ReadAllAsync();

        manifests.Select(manifest => $"{manifest["kind"]}/{Name(manifest)}").Should().OnlyHaveUniqueItems();
        manifests.Where(manifest => manifest["kind"]!.ToString() != "Namespace")
            .Should().OnlyContain(manifest => manifest["metadata"]!["namespace"]!.ToString() == "mao");
    }

    [ManifestFact]
    public async Task What_is_selected_is_there()
    {
        var manifests = await ReadAllAsync();
        var workloads = manifests.Where(manifest => manifest["spec"]?["template"] is not null).ToList();
        foreach (var workload in workloads)
        {
            Matches(workload["spec"]!["selector"]!["matchLabels"]!, workload).Should().BeTrue($"{Name(workload)} selects its own pods");
        }

        foreach (var selector in Selectors(manifests))
        {
            workloads.Should().Contain(workload => Matches(selector, workload), selector.ToJsonString());
        }

        var ports = workloads.ToDictionary(Name, workload => Container(workload)["ports"]?.AsArray().Select(port => port!["name"]!.ToString()).ToList() ?? []);
        foreach (var service in manifests.Where(manifest => manifest["kind"]!.ToString() == "Service"))
        {
            var workload = workloads.Single(candidate => Matches(service["spec"]!["selector"]!, candidate));
            service["spec"]!["ports"]!.AsArray().Should().OnlyContain(port => ports[Name(workload)].Contains(port!["targetPort"]!.ToString()));
        }

        var scaler = manifests.Single(manifest => manifest["kind"]!.ToString() == "HorizontalPodAutoscaler")["spec"]!;
        workloads.Should().Contain(workload => Name(workload) == scaler["scaleTargetRef"]!["name"]!.ToString());
        var claims = manifests.Where(manifest => manifest["kind"]!.ToString() == "PersistentVolumeClaim").Select(Name);
        workloads.SelectMany(workload => PodOf(workload)["volumes"]!.AsArray())
            .Select(volume => volume!["persistentVolumeClaim"]?["claimName"]?.ToString()).OfType<string>().Should().BeSubsetOf(claims);
    }

    [ManifestFact]
    public async Task Nothing_runs_with_more_rights_or_memory_than_it_needs()
    {
        foreach (var workload in (await ReadAllAsync()).Where(manifest => manifest["spec"]?["template"] is not null))
        {
            var container = Container(workload);
            PodOf(workload)["securityContext"]!["runAsNonRoot"]!.GetValue<bool>().Should().BeTrue(Name(workload));
            container["securityContext"]!.ToJsonString().Should()
                .Be("""{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}""", Name(workload));
            container["resources"]!["limits"]!.AsObject().Select(limit => limit.Key).Should().BeEquivalentTo("memory", "cpu");
            var volumes = PodOf(workload)["volumes"]!.AsArray().Select(volume => volume!["name"]!.ToString())
                .Concat(workload["spec"]!["volumeClaimTemplates"]?.AsArray().Select(claim => claim!["metadata"]!["name"]!.ToString()) ?? []);
            container["volumeMounts"]!.AsArray().Select(mount => mount!["name"]!.ToString()).Should().BeSubsetOf(volumes);
            (PodOf(workload)["automountServiceAccountToken"]!.GetValue<bool>() == (Name(workload) == "mao-pod")).Should()
                .BeTrue("the pod alone may speak to the cluster");
        }
    }

    [ManifestFact]
    public async Task The_engine_s_manifest_is_what_the_driver_makes()
    {
        var manifests = await ReadAsync("engine.yaml");
        string[] arguments =
        [
            "run", "--account-id", "demo1", "--data-dir", "/data", "--bind", "0.0.0.0", "--port", "2260", "--health-port", "2261", "--broker", "paper",
            "--broker-url", "tcp://mao-pod:2460", "--config", "/run/mao/engine.json", "--supervised",
        ];
        var wire = new WireFiles("/run/mao/ca.crt", "/run/mao/engine-demo1.crt", "/run/mao/engine-demo1.key");
        var launch = EngineProgram.Launch("engine demo1", new PodTrace("demo1", "", ""), arguments) with
        {
            Environment = new Dictionary<string, string>(
                [new("SERVICE_KEY_FILE", "/run/mao/service.key"), .. wire.Variables, new("GATEWAY_URL", "http://mao-gateway:8000")]),
        };
        var paths = new KubernetesPaths("mao", KubernetesPaths.NameOf("demo1"));

        Same(manifests[0], KubernetesSpec.Service(paths, "demo1", "mao"));
        Same(manifests[1], KubernetesSpec.StatefulSet(paths, launch, new PodOptions(), "mao", present: null));
    }

    [ManifestFact]
    public async Task Gateways_and_the_pod_prove_themselves_to_engines_and_only_the_pod_holds_the_engines_own_proofs()
    {
        var manifests = await ReadAllAsync();
        foreach (var name in new[] { "mao-gateway", "mao-pod" })
        {
            var workload = manifests.Single(manifest => manifest["kind"]!.ToString() == "Deployment" && Name(manifest) == name);
            var variables = Container(workload)["env"]!.AsArray().ToDictionary(item => item!["name"]!.ToString(), item => item!["value"]!.ToString());
            var faults = new List<string>();

            var wire = WireFiles.Read(variables.GetValueOrDefault, faults.Add);

            faults.Should().BeEmpty();
            wire.Should().NotBeNull($"{name} reaches engines on other machines");
            wire!.Variables.Values.Should().OnlyContain(path => SecretAt(workload, Path.GetDirectoryName(path)!) == "mao-wire");
            var engines = variables.GetValueOrDefault("ENGINE_CERTS_DIR");
            (engines is null ? null : SecretAt(workload, engines)).Should().Be(name == "mao-pod" ? "mao-engines" : null);
            PodOf(workload)["volumes"]!.ToJsonString().Contains("mao-engines", StringComparison.Ordinal).Should().Be(name == "mao-pod");
        }
    }

    [ManifestFact]
    public async Task How_many_run_is_said_in_one_place()
    {
        var manifests = await ReadAllAsync();
        var scaled = manifests.Where(manifest => manifest["kind"]!.ToString() == "HorizontalPodAutoscaler")
            .Select(scaler => scaler["spec"]!["scaleTargetRef"]!["name"]!.ToString()).ToList();

        manifests.Where(manifest => manifest["kind"]!.ToString() == "Deployment" && scaled.Contains(Name(manifest)))
            .Should().ContainSingle().Which["spec"]!["replicas"].Should().BeNull("applied again, it would undo what the autoscaler has decided");
    }

    [ManifestFact]
    public async Task The_pod_may_do_what_its_driver_does_and_hardly_more()
    {
        await using var cluster = await ClusterDouble.StartAsync();
        using var folder = new TemporaryFolder();
        var options = new PodOptions { Installation = "test", Kubernetes = cluster.Options };
        using var api = new KubernetesApi(options, TimeProvider.System);
        var driver = new KubernetesDriver(api, options, new InstallationName(null!, options), TimeProvider.System, NullLogger<KubernetesDriver>.Instance);
        var launch = new PodLaunch("x", "", ["-c", "trap 'exit 0' TERM; while :; do sleep 0.1; done"], new PodTrace("one", "", folder.File("stdout.jsonl")));
        await using (var process = await driver.StartAsync(launch, default))
        {
            await process.MeasureAsync(default);
            await Until.TrueAsync("the log is followed", TimeSpan.FromSeconds(150), () =>
                Task.FromResult(cluster.Calls.Any(call => call.Contains("/log?", StringComparison.Ordinal))));
            var end = process.WaitAsync(default);
            await Until.TrueAsync("it is watched", TimeSpan.FromSeconds(150), () =>
                Task.FromResult(cluster.Calls.Any(call => call.Contains("watch=true", StringComparison.Ordinal))));
            await process.KillAsync(default);
            await end.WaitAsync(TimeSpan.FromSeconds(150));
        }

        await driver.TendAsync(default);
        await driver.RemoveAsync("one", default);

        // An apply that makes the object needs the right to create as well.
        var used = cluster.Calls.Select(Right).Append("apps statefulsets create").Append(" services create").Append(" secrets create").ToHashSet();
        var role = (await ReadAsync("pod.yaml")).Single(manifest => manifest["kind"]!.ToString() == "Role");
        var allowed = role["rules"]!.AsArray().SelectMany(rule => Words(rule!["apiGroups"]).SelectMany(group => Words(rule["resources"])
            .SelectMany(resource => Words(rule["verbs"]).Select(verb => $"{group} {resource} {verb}")))).ToHashSet();
        used.Should().BeSubsetOf(allowed);
        allowed.Should().BeSubsetOf(used);
    }

    /// <summary>The Secret a container sees in a folder; null where that is none.</summary>
    private static string? SecretAt(JsonObject workload, string folder)
    {
        var mount = Container(workload)["volumeMounts"]!.AsArray().SingleOrDefault(item => item!["mountPath"]!.ToString() == folder);
        return PodOf(workload)["volumes"]!.AsArray().SingleOrDefault(item => item!["name"]!.ToString() == mount?["name"]!.ToString())
            ?["secret"]?["secretName"]?.ToString();
    }

    private static string Right(string call)
    {
        var match = Regex.Match(
            call, @"^(?<method>\w+) (api|apis/(?<group>[^/]+))/\w+/namespaces/\w+/(?<kind>\w+)(?<one>/[^/?]+)?(?<log>/log)?", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var isOne = match.Groups["one"].Success;
        var verb = match.Groups["method"].Value switch
        {
            "GET" when call.Contains("watch=true", StringComparison.Ordinal) => "watch",
            "GET" => isOne ? "get" : "list",
            var other => other.ToLowerInvariant(),
        };
        return $"{match.Groups["group"].Value} {match.Groups["kind"].Value}{match.Groups["log"].Value} {verb}";
    }

    private static IEnumerable<JsonNode> Selectors(List<JsonObject> manifests)
    {
        foreach (var manifest in manifests)
        {
            var spec = manifest["spec"];
            JsonNode?[] found = manifest["kind"]!.ToString() switch
            {
                "Service" => [spec!["selector"]],
                "PodDisruptionBudget" => [spec!["selector"]!["matchLabels"]],
                "NetworkPolicy" => [spec!["podSelector"]!["matchLabels"], .. From(spec)],
                _ => [],
            };
            foreach (var selector in found.OfType<JsonNode>())
            {
                yield return selector;
            }
        }
    }

    private static IEnumerable<JsonNode?> From(JsonNode spec) =>
        spec["ingress"]?.AsArray().SelectMany(rule => rule!["from"]?.AsArray() ?? []).Select(peer => peer!["podSelector"]!["matchLabels"]) ?? [];

    private static bool Matches(JsonNode selector, JsonObject workload) => selector.AsObject().Count > 0 && selector.AsObject().All(
        label => workload["spec"]!["template"]!["metadata"]!["labels"]?[label.Key]?.ToString() == label.Value!.ToString());

    private static void Same(JsonObject manifest, JsonObject made) =>
        Sorted(manifest).ToJsonString().Should().Be(Sorted(JsonNode.Parse(made.ToJsonString())!).ToJsonString());

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => Sorted(item!))]),
        _ => node.DeepClone(),
    };

    private static string Name(JsonObject manifest) => manifest["metadata"]!["name"]!.ToString();

    private static JsonNode PodOf(JsonObject workload) => workload["spec"]!["template"]!["spec"]!;

    private static JsonNode Container(JsonObject workload) => PodOf(workload)["containers"]!.AsArray().Should().ContainSingle().Subject!;

    private static IEnumerable<string> Words(JsonNode? node) => node!.AsArray().Select(word => word!.ToString());

    private static async Task<List<JsonObject>> ReadAllAsync()
    {
        var manifests = new List<JsonObject>();
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "k8s"), "*.yaml").Order(StringComparer.Ordinal))
        {
            manifests.AddRange(await ReadAsync(Path.GetFileName(file)));
        }

        manifests.Should().NotBeEmpty();
        return manifests;
    }

    private static async Task<List<JsonObject>> ReadAsync(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "k8s", file));
        return [.. JsonNode.Parse(await DebianPython.RunAsync(ToJson, text))!.AsArray().Select(manifest => manifest!.AsObject())];
    }
}
