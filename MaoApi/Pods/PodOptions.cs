using System.Net;
using MaoApi.Hosting;
using MaoApi.Pods.Docker;
using MaoApi.Pods.Kubernetes;

namespace MaoApi.Pods;

/// <summary>Where engines run, and how much they may take.</summary>
internal sealed record PodOptions
{
    /// <summary>Default child processes. <c>--pod-driver</c>, <c>MAO_POD_DRIVER</c>: <c>child</c>, <c>docker</c>, <c>kubernetes</c>.</summary>
    public PodDriverKind Driver { get; init; } = PodDriverKind.Child;

    /// <summary>The engine's image. Default <c>mao-engine</c>. <c>ENGINE_IMAGE</c>.</summary>
    public string Image { get; init; } = "mao-engine";

    /// <summary>Most memory of an engine, MB. Default 512, range 64 to 65,536. <c>POD_MEMORY_MB</c>.</summary>
    public int MemoryMb { get; init; } = 512;

    /// <summary>Memory kept free for an engine, MB. Default 256, at most the limit. <c>POD_MEMORY_RESERVED_MB</c>.</summary>
    public int MemoryReservedMb { get; init; } = 256;

    /// <summary>Most processors of an engine. Default 1, range 0.1 to 64. <c>POD_CPUS</c>.</summary>
    public double Cpus { get; init; } = 1;

    /// <summary>
    /// What this installation calls itself where others may be too. Default a random name kept in the database; a name that is given must
    /// also be the label <c>mao.installation</c> of the gateway's containers. <c>MAO_INSTALLATION</c>.
    /// </summary>
    public string? Installation { get; init; }

    /// <summary>Where engines keep their accounts.</summary>
    public EngineDatabaseOptions Database { get; init; } = new();

    /// <summary>Containers.</summary>
    public DockerOptions Docker { get; init; } = new();

    /// <summary>A cluster.</summary>
    public KubernetesOptions Kubernetes { get; init; } = new();

    public static PodOptions Read(SettingsReader settings, string? driver) => new()
    {
        Driver = ReadDriver(settings, driver),
        Image = settings.Text("ENGINE_IMAGE") ?? "mao-engine",
        MemoryMb = settings.Integer("POD_MEMORY_MB", 512, 64, 65_536),
        MemoryReservedMb = settings.Integer("POD_MEMORY_RESERVED_MB", 256, 16, 65_536),
        Cpus = settings.Number("POD_CPUS", 1, 0.1, 64),
        Installation = ReadName(settings),
        Database = EngineDatabaseOptions.Read(settings),
        Docker = DockerOptions.Read(settings),
        Kubernetes = KubernetesOptions.Read(settings),
    };

    /// <summary>What does not fit together, one line each.</summary>
    public IEnumerable<string> Faults(GatewayOptions gateway)
    {
        if (MemoryReservedMb > MemoryMb)
        {
            yield return $"POD_MEMORY_RESERVED_MB: {MemoryReservedMb} is more than POD_MEMORY_MB, {MemoryMb}";
        }

        if (gateway.Roles.HasFlag(GatewayRoles.Pod))
        {
            foreach (var fault in Database.Faults(Driver))
            {
                yield return fault;
            }
        }

        if (Driver == PodDriverKind.Child)
        {
            yield break;
        }

        var name = Driver.ToString().ToLowerInvariant();
        if (!gateway.Roles.HasFlag(GatewayRoles.Pod))
        {
            yield return $"--pod-driver: '{name}' is for a process with the role pod; this one must not hold what starts containers";
        }
        else if (gateway.Roles.HasFlag(GatewayRoles.Api) && !IPAddress.IsLoopback(gateway.Bind))
        {
            yield return $"--pod-driver: '{name}' is not for a process that serves the API to other machines; run the role pod by itself";
        }

        if (Driver == PodDriverKind.Kubernetes && Kubernetes.Server is null)
        {
            yield return "KUBERNETES_SERVICE_HOST: the address of the Kubernetes API is expected with --pod-driver kubernetes";
        }
    }

    private static PodDriverKind ReadDriver(SettingsReader settings, string? text)
    {
        switch (text)
        {
            case null or "" or "child":
                return PodDriverKind.Child;
            case "docker":
                return PodDriverKind.Docker;
            case "kubernetes":
                return PodDriverKind.Kubernetes;
            default:
                settings.Fault($"--pod-driver: '{text}' is none of child, docker, kubernetes");
                return PodDriverKind.Child;
        }
    }

    private static string? ReadName(SettingsReader settings)
    {
        var name = settings.Text("MAO_INSTALLATION");
        if (name is not null && (name.Length > 40 || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            || name.StartsWith('-') || name.EndsWith('-')))
        {
            settings.Fault($"MAO_INSTALLATION: 1 to 40 of a–z, 0–9 and - are expected, none of them - at either end, not '{name}'");
        }

        return name;
    }
}
