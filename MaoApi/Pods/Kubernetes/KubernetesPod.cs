namespace MaoApi.Pods.Kubernetes;

/// <summary>What Kubernetes says of an engine's pod at one moment.</summary>
/// <param name="Uid">Another one is another pod.</param>
/// <param name="Version">To go on watching from.</param>
/// <param name="Restarts">How often its container was started again.</param>
/// <param name="StartedAt">When the present run began; null where none runs.</param>
/// <param name="End">How the last run ended; null where there was none.</param>
/// <param name="IsFailed">Whether the pod is over as a whole, as an evicted one is.</param>
/// <param name="Waiting">Why nothing runs; null where it does.</param>
/// <param name="Message">Kubernetes' own words on it.</param>
/// <param name="Revision">Names the template it was made from.</param>
internal sealed record KubernetesPod(
    string Uid, string Version, int Restarts, DateTimeOffset? StartedAt, PodEnd? End, bool IsFailed, string? Waiting, string? Message, string? Revision)
{
    /// <summary>Reasons that do not pass by waiting a moment: somebody must look.</summary>
    private static readonly string[] Hopeless =
    [
        "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "Unschedulable",
    ];

    public bool Runs => StartedAt is not null && !IsFailed;

    /// <summary>Whether it waits for a run that Kubernetes will not get going by itself.</summary>
    public bool IsHopeless => Hopeless.Contains(Waiting, StringComparer.Ordinal);

    /// <summary>Names the present or last run.</summary>
    public string RunId => $"{Uid[..Math.Min(8, Uid.Length)]}.{Restarts}";

    /// <summary>Why it does not run, for people.</summary>
    public string? Detail => Waiting is null ? null : Message is { Length: > 0 } ? $"{Waiting}: {Message}" : Waiting;
}
