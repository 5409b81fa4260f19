using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MaoApi.Pods.Docker;

/// <summary>What an engine's container is made from: no more rights, memory and network than an engine needs.</summary>
internal static class DockerSpec
{
    public const string DataDir = "/data";

    /// <summary>Docker waits so long for an orderly stop when somebody else stops the container; an engine takes up to 8 s.</summary>
    private const int StopSeconds = 10;
    private const int MostProcesses = 256;
    private const long Mega = 1024 * 1024;

    /// <summary>The body of <c>/containers/create</c>; its label <see cref="PodNames.SpecLabel"/> is a hash of all the rest.</summary>
    public static JsonObject Of(PodLaunch launch, PodOptions options, string installation, DockerNetwork network)
    {
        var accountId = launch.Trace.AccountId;
        var name = PodNames.Of(accountId);
        var labels = Labels(installation, accountId);
        var spec = new JsonObject
        {
            ["Image"] = options.Image,
            ["Hostname"] = name.Replace('_', '-').TrimEnd('-'),
            ["User"] = $"{PodNames.UserId}:{PodNames.UserId}",
            ["Cmd"] = Array(launch.Arguments),
            ["Env"] = Array(launch.Environment.Select(variable => $"{variable.Key}={variable.Value}")),
            ["StopSignal"] = "SIGTERM",
            ["StopTimeout"] = StopSeconds,
            ["HostConfig"] = new JsonObject
            {
                ["NetworkMode"] = network.Id,
                ["RestartPolicy"] = new JsonObject { ["Name"] = "unless-stopped" },
                ["Memory"] = options.MemoryMb * Mega,
                ["MemorySwap"] = options.MemoryMb * Mega,
                ["MemoryReservation"] = options.MemoryReservedMb * Mega,
                ["NanoCpus"] = (long)(options.Cpus * 1_000_000_000),
                ["PidsLimit"] = MostProcesses,
                ["ReadonlyRootfs"] = true,
                ["CapDrop"] = Array(["ALL"]),
                ["SecurityOpt"] = Array(["no-new-privileges:true"]),
                ["Tmpfs"] = new JsonObject { ["/tmp"] = "rw,nosuid,nodev,noexec,size=64m,mode=1777" },
                ["Mounts"] = new JsonArray(Mount(DataVolume(accountId), DataDir), Mount(LogVolume(accountId), $"{Folder(accountId)}/logs")),
                ["LogConfig"] = Log(options.Docker, name),
            },
            ["NetworkingConfig"] = new JsonObject
            {
                ["EndpointsConfig"] = new JsonObject
                {
                    [network.Name] = new JsonObject
                    {
                        ["IPAMConfig"] = new JsonObject { ["IPv4Address"] = network.Engine.ToString() },
                        ["Aliases"] = Array([name]),
                    },
                },
            },
        };
        labels[PodNames.SpecLabel] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(spec.ToJsonString())))[..16];
        spec["Labels"] = labels;
        return spec;
    }

    /// <summary>The body of <c>/networks/create</c>.</summary>
    public static JsonObject Network(string name, IPNetwork subnet, JsonObject labels) => new()
    {
        ["Name"] = name,
        ["CheckDuplicate"] = true,
        ["Driver"] = "bridge",
        ["Labels"] = labels,
        ["IPAM"] = new JsonObject
        {
            ["Config"] = new JsonArray(new JsonObject
            {
                ["Subnet"] = subnet.ToString(),
                ["Gateway"] = DockerNetwork.At(subnet.BaseAddress, 1).ToString(),
                ["IPRange"] = $"{DockerNetwork.At(subnet.BaseAddress, DockerNetwork.Size / 2)}/{DockerNetwork.PrefixLength + 1}",
            }),
        },
    };

    /// <summary>The body of <c>/volumes/create</c>.</summary>
    public static JsonObject Volume(string name, JsonObject labels) => new() { ["Name"] = name, ["Labels"] = labels };

    public static JsonObject Labels(string installation, string accountId) => new()
    {
        [PodNames.InstallationLabel] = installation,
        [PodNames.AccountLabel] = accountId,
    };

    public static string Folder(string accountId) => $"{DataDir}/accounts/{accountId}";

    public static string DataVolume(string accountId) => PodNames.Of(accountId) + "-data";

    public static string LogVolume(string accountId) => PodNames.Of(accountId) + "-logs";

    private static JsonObject Mount(string name, string target) => new() { ["Type"] = "volume", ["Source"] = name, ["Target"] = target };

    /// <summary>A receiver that is away must not stop an engine: the driver sends beside it, from a buffer with an end.</summary>
    private static JsonObject Log(DockerOptions docker, string name) => docker.Fluentd is { } address
        ? new JsonObject
        {
            ["Type"] = "fluentd",
            ["Config"] = new JsonObject
            {
                ["fluentd-address"] = address,
                ["fluentd-async"] = "true",
                ["fluentd-buffer-limit"] = "1m",
                ["tag"] = $"{docker.FluentdTag}.{name}",
            },
        }
        : new JsonObject { ["Type"] = "json-file", ["Config"] = new JsonObject { ["max-size"] = "10m", ["max-file"] = "3" } };

    private static JsonArray Array(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}
