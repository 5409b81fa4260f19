namespace MaoApi.Pods.Docker;

/// <summary>What a container uses, between two looks. Used by one caller at a time.</summary>
internal sealed class DockerMeter(DockerApi api, TimeProvider time)
{
    private const double NanosecondsPerSecond = 1e9;

    private long _at;
    private double _cpuSeconds;

    /// <summary>Reads it; the first look has no share of the processor yet.</summary>
    public async Task<PodUsage?> MeasureAsync(string id, CancellationToken cancellationToken)
    {
        if (await api.FindAsync($"containers/{id}/stats?stream=false&one-shot=true", cancellationToken) is not { } stats
            || stats["memory_stats"]?["usage"] is not { } usage)
        {
            return null;
        }

        // Pages of files that can be dropped are not the engine's need; the two generations of control groups name them differently.
        var details = stats["memory_stats"]!["stats"];
        var files = (long?)(details?["inactive_file"] ?? details?["total_inactive_file"]) ?? 0;
        var seconds = ((double?)stats["cpu_stats"]?["cpu_usage"]?["total_usage"] ?? 0) / NanosecondsPerSecond;
        var elapsed = _at == 0 ? 0 : time.GetElapsedTime(_at).TotalSeconds;
        var percent = elapsed <= 0 ? 0 : Math.Max(0, Math.Round(100 * (seconds - _cpuSeconds) / elapsed, 1));
        _at = time.GetTimestamp();
        _cpuSeconds = seconds;
        return new PodUsage(percent, (long)usage - files);
    }
}
