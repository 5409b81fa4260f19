namespace MaoApi.Pods;

/// <summary>Where engines run.</summary>
internal enum PodDriverKind
{
    /// <summary>Processes of this machine.</summary>
    Child,

    /// <summary>Containers of a Docker engine, over its socket.</summary>
    Docker,

    /// <summary>StatefulSets of a Kubernetes cluster.</summary>
    Kubernetes,
}
