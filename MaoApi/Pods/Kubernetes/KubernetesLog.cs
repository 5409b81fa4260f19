using System.Net;
using System.Text;

namespace MaoApi.Pods.Kubernetes;

/// <summary>What an engine's container writes.</summary>
internal sealed class KubernetesLog(KubernetesApi api, KubernetesPaths paths, string outputFile, TimeProvider time, ILogger logger)
    : RunLog(paths.Name, outputFile, time, logger)
{
    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        // The cluster may have begun the next run already: then the last words of the one before are told only when asked for.
        await ReadPreviousAsync(cancellationToken);
        await ReadAsync("follow=true", cancellationToken);
    }

    private async Task ReadPreviousAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync("previous=true", cancellationToken);
        }
        catch (KubernetesRefusalException refusal) when (refusal.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            // This is the first run.
        }
    }

    private async Task ReadAsync(string which, CancellationToken cancellationToken)
    {
        var since = Mark.Last is { } last ? $"&sinceTime={Uri.EscapeDataString(last.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))}" : "";
        await using var stream = await api.StreamAsync(
            $"{paths.Pod}/log?container={KubernetesSpec.Container}&{which}&timestamps=true{since}", cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            await Mark.AppendAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
        }
    }
}
