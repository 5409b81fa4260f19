using System.Net;

namespace MaoApi.Pods.Docker;

/// <summary>Docker answered with an error: its status and its words.</summary>
internal sealed class DockerRefusalException(HttpStatusCode status, string message)
    : PodDriverException($"Docker refuses ({(int)status}): {message}", isAway: false)
{
    public HttpStatusCode Status => status;
}
