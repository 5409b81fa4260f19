using System.Net;

namespace MaoApi.Pods.Kubernetes;

/// <summary>The cluster answered with an error: its status and its words. One that says it is busy or broken is as good as away.</summary>
internal sealed class KubernetesRefusalException(HttpStatusCode status, string message) : PodDriverException(
    $"Kubernetes refuses ({(int)status}): {message}", isAway: status == HttpStatusCode.TooManyRequests || status >= HttpStatusCode.InternalServerError)
{
    public HttpStatusCode Status => status;
}
