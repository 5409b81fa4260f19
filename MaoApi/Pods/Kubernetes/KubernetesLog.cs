using System.Net;
using System.Text;

namespace MaoApi.Pods.Kubernetes;

/// <summary>Follows what an engine writes into the account's output file, from where an earlier look ended.</summary>
internal sealed partial class KubernetesLog(KubernetesApi api, KubernetesPaths paths, string outputFile, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly PodOutputMark _mark = new(outputFile);

    /// <summary>Follows until the run has ended and all was read, or the token says so. Does not throw.</summary>
    public async Task FollowAsync(Func<bool> hasEnded, CancellationToken cancellationToken)
    {
        // The caller is a constructor.
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // The cluster may have begun the next run already: then the last words of the one before are told only when asked for.
                await ReadPreviousAsync(cancellationToken);
                await ReadAsync("follow=true", cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is PodDriverException or IOException or HttpRequestException)
            {
                Interrupted(logger, paths.Name, fault.Message);
            }

            if (hasEnded())
            {
                return;
            }

            await Task.Delay(Retry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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
        var since = _mark.Last is { } last ? $"&sinceTime={Uri.EscapeDataString(last.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))}" : "";
        await using var stream = await api.StreamAsync(
            $"{paths.Pod}/log?container={KubernetesSpec.Container}&{which}&timestamps=true{since}", cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            await _mark.AppendAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
        }
    }

    [LoggerMessage(3126, LogLevel.Information, "The log of {Name} broke off and is taken up again: {Reason}")]
    private static partial void Interrupted(ILogger logger, string name, string reason);
}
