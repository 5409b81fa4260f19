using MaoApi.Hosting;

namespace MaoApi.Pods.Kubernetes;

/// <summary>A cluster and what it gives to engines.</summary>
internal sealed record KubernetesOptions
{
    /// <summary>Where Kubernetes puts what a pod proves itself with.</summary>
    private const string Mounted = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The cluster's API. Default where this pod runs. <c>KUBERNETES_SERVICE_HOST</c>, <c>KUBERNETES_SERVICE_PORT</c>.</summary>
    public Uri? Server { get; init; }

    /// <summary>Folder of <c>token</c>, <c>ca.crt</c> and <c>namespace</c>. Default as Kubernetes mounts it. <c>POD_SERVICE_ACCOUNT_DIR</c>.</summary>
    public string Credentials { get; init; } = Mounted;

    /// <summary>Namespace of engines. Default this pod's own. <c>POD_NAMESPACE</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>Class of engines' volumes. Default the cluster's own. <c>POD_STORAGE_CLASS</c>.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Size of an engine's volume, MB. Default 2,048, range 64 to 1,048,576. <c>POD_STORAGE_MB</c>.</summary>
    public int StorageMb { get; init; } = 2_048;

    /// <summary>When images are fetched: <c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>. Default <c>IfNotPresent</c>. <c>POD_PULL_POLICY</c>.</summary>
    public string PullPolicy { get; init; } = "IfNotPresent";

    public static KubernetesOptions Read(SettingsReader settings)
    {
        var pull = settings.Text("POD_PULL_POLICY") ?? "IfNotPresent";
        if (pull is not ("Always" or "IfNotPresent" or "Never"))
        {
            settings.Fault($"POD_PULL_POLICY: '{pull}' is none of Always, IfNotPresent, Never");
        }

        return new KubernetesOptions
        {
            Server = ReadServer(settings),
            Credentials = settings.Text("POD_SERVICE_ACCOUNT_DIR") ?? Mounted,
            Namespace = settings.Text("POD_NAMESPACE"),
            StorageClass = settings.Text("POD_STORAGE_CLASS"),
            StorageMb = settings.Integer("POD_STORAGE_MB", 2_048, 64, 1_048_576),
            PullPolicy = pull,
        };
    }

    private static Uri? ReadServer(SettingsReader settings)
    {
        if (settings.Text("KUBERNETES_SERVICE_HOST") is not { } host)
        {
            return null;
        }

        var port = settings.Integer("KUBERNETES_SERVICE_PORT", 443, 1, 65_535);
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            settings.Fault($"KUBERNETES_SERVICE_HOST: '{host}' is not the name or address of a machine");
            return null;
        }

        return new UriBuilder(Uri.UriSchemeHttps, host, port).Uri;
    }
}
