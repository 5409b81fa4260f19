using System.Text.Json.Nodes;

namespace MaoApi.Pods.Kubernetes;

/// <summary>What an engine is made from on a cluster: a StatefulSet of one, a Service without an address of its own, a Secret.</summary>
internal static class KubernetesSpec
{
    public const string DataDir = "/data";
    public const string FilesDir = "/run/mao";
    public const string Container = "engine";
    public const string EngineApp = "mao-engine";

    private const int StopSeconds = 10;
    private const string AppLabel = "app.kubernetes.io/name";

    /// <summary>Labels by which all that is made for an account is found.</summary>
    public static JsonObject Labels(string installation, string name) => new()
    {
        [AppLabel] = EngineApp,
        [PodNames.InstallationLabel] = installation,
        [PodNames.AccountLabel] = name,
    };

    /// <summary>The Service: gateway and pod reach the engine by its name.</summary>
    public static JsonObject Service(KubernetesPaths paths, string accountId, string installation) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = Metadata(paths, accountId, installation),
        ["spec"] = new JsonObject
        {
            ["clusterIP"] = "None",
            ["publishNotReadyAddresses"] = true,
            ["selector"] = Labels(installation, paths.Name),
            ["ports"] = new JsonArray(Port("wire", PodNames.EnginePort), Port("health", PodNames.HealthPort)),
        },
    };

    /// <summary>The Secret: the files of an engine.</summary>
    public static async Task<JsonObject> SecretAsync(
        KubernetesPaths paths, string accountId, string installation, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var data = new JsonObject();
        foreach (var file in files)
        {
            data[Path.GetFileName(file)] = Convert.ToBase64String(await File.ReadAllBytesAsync(file, cancellationToken));
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = Metadata(paths, accountId, installation),
            ["type"] = "Opaque",
            ["data"] = data,
        };
    }

    /// <summary>The StatefulSet: one engine, its volume kept whatever happens to the set.</summary>
    /// <param name="paths">Names of the account's objects.</param>
    /// <param name="launch">What the engine is started with.</param>
    /// <param name="options">Image and limits.</param>
    /// <param name="installation">Whose it is.</param>
    /// <param name="present">The set that is there: what it asks of its volume cannot be changed. Null where there is none.</param>
    public static JsonObject StatefulSet(KubernetesPaths paths, PodLaunch launch, PodOptions options, string installation, JsonNode? present) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "StatefulSet",
        ["metadata"] = Metadata(paths, launch.Trace.AccountId, installation),
        ["spec"] = new JsonObject
        {
            ["replicas"] = 1,
            ["serviceName"] = paths.Name,
            ["selector"] = new JsonObject { ["matchLabels"] = Labels(installation, paths.Name) },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = Labels(installation, paths.Name) },
                ["spec"] = Pod(paths, launch, options),
            },
            ["volumeClaimTemplates"] = new JsonArray(Claim(present?["spec"]!["volumeClaimTemplates"]![0]!["spec"] ?? Volume(options.Kubernetes))),
        },
    };

    private static JsonObject Metadata(KubernetesPaths paths, string accountId, string installation) => new()
    {
        ["name"] = paths.Name,
        ["namespace"] = paths.Namespace,
        ["labels"] = Labels(installation, paths.Name),
        ["annotations"] = new JsonObject { [PodNames.AccountLabel] = accountId },
    };

    private static JsonObject Pod(KubernetesPaths paths, PodLaunch launch, PodOptions options) => new()
    {
        ["automountServiceAccountToken"] = false,
        ["enableServiceLinks"] = false,
        ["terminationGracePeriodSeconds"] = StopSeconds,
        ["securityContext"] = new JsonObject
        {
            ["runAsNonRoot"] = true,
            ["runAsUser"] = PodNames.UserId,
            ["runAsGroup"] = PodNames.UserId,
            ["fsGroup"] = PodNames.UserId,
            ["fsGroupChangePolicy"] = "OnRootMismatch",
            ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
        },
        ["containers"] = new JsonArray(Engine(launch, options)),
        ["volumes"] = new JsonArray(
            new JsonObject { ["name"] = "tmp", ["emptyDir"] = new JsonObject { ["sizeLimit"] = "64Mi" } },
            new JsonObject { ["name"] = "files", ["secret"] = new JsonObject { ["secretName"] = paths.Name, ["defaultMode"] = 0b100_000_000 } }),
    };

    private static JsonObject Engine(PodLaunch launch, PodOptions options) => new()
    {
        ["name"] = Container,
        ["image"] = options.Image,
        ["imagePullPolicy"] = options.Kubernetes.PullPolicy,
        ["args"] = new JsonArray([.. launch.Arguments.Select(word => JsonValue.Create(Plain(word)))]),
        ["env"] = new JsonArray([.. launch.Environment.Select(variable => new JsonObject { ["name"] = variable.Key, ["value"] = Plain(variable.Value) })]),
        ["ports"] = new JsonArray(ContainerPort("wire", PodNames.EnginePort), ContainerPort("health", PodNames.HealthPort)),
        ["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["memory"] = $"{options.MemoryReservedMb}Mi", ["cpu"] = "100m" },
            ["limits"] = new JsonObject { ["memory"] = $"{options.MemoryMb}Mi", ["cpu"] = $"{(int)(options.Cpus * 1000)}m" },
        },
        ["startupProbe"] = Probe("/health/live", period: 2, failures: 30),
        ["livenessProbe"] = Probe("/health/live", period: 30, failures: 3),
        ["readinessProbe"] = Probe("/health/ready", period: 10, failures: 3),
        ["securityContext"] = new JsonObject
        {
            ["allowPrivilegeEscalation"] = false,
            ["readOnlyRootFilesystem"] = true,
            ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
        },
        ["volumeMounts"] = new JsonArray(Mount("data", DataDir), Mount("tmp", "/tmp"), Mount("files", FilesDir, isReadOnly: true)),
    };

    /// <summary>Kubernetes replaces <c>$(NAME)</c> in arguments and variables; <c>$$</c> keeps it as it is.</summary>
    private static string Plain(string text) => text.Replace("$(", "$$(", StringComparison.Ordinal);

    private static JsonObject Probe(string path, int period, int failures) => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = path, ["port"] = "health" },
        ["periodSeconds"] = period,
        ["timeoutSeconds"] = 5,
        ["failureThreshold"] = failures,
    };

    private static JsonObject Claim(JsonNode spec) => new() { ["metadata"] = new JsonObject { ["name"] = "data" }, ["spec"] = spec.DeepClone() };

    private static JsonObject Volume(KubernetesOptions options)
    {
        var spec = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = $"{options.StorageMb}Mi" } },
        };
        if (options.StorageClass is { } storageClass)
        {
            spec["storageClassName"] = storageClass;
        }

        return spec;
    }

    private static JsonObject Port(string name, int port) => new() { ["name"] = name, ["port"] = port, ["targetPort"] = name };

    private static JsonObject ContainerPort(string name, int port) => new() { ["name"] = name, ["containerPort"] = port };

    private static JsonObject Mount(string name, string path, bool isReadOnly = false)
    {
        var mount = new JsonObject { ["name"] = name, ["mountPath"] = path };
        if (isReadOnly)
        {
            mount["readOnly"] = true;
        }

        return mount;
    }
}
