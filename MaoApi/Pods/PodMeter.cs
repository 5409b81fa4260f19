using MaoApi.Data;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Pods;

/// <summary>Writes what engines use, and what stands in their way, into the table of pods every few seconds. Owned by the fleet's loop.</summary>
internal sealed class PodMeter(IDbContextFactory<MaoHomeContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>A driver that takes longer has no figure this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, string?> _told = [];
    private long _reported;

    public async Task ReportAsync(IReadOnlyDictionary<int, RunningPod> pods, CancellationToken cancellationToken)
    {
        if (_reported != 0 && time.GetElapsedTime(_reported) < Interval)
        {
            return;
        }

        _reported = time.GetTimestamp();
        var readings = await Task.WhenAll(pods.Select(pod => ReadAsync(pod.Key, pod.Value.Current, cancellationToken)));
        if (readings.All(reading => reading is null))
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var reading in readings.OfType<Reading>())
        {
            await WriteAsync(context, reading, cancellationToken);
        }
    }

    private async Task<Reading?> ReadAsync(int accountKey, IPodProcess? process, CancellationToken cancellationToken)
    {
        if (process is null)
        {
            return null;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return new Reading(accountKey, await process.MeasureAsync(either.Token), process.Detail);
        }
        catch (Exception fault) when (fault is PodDriverException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Reading(accountKey, null, process.Detail ?? fault.Message);
        }
    }

    /// <summary>The detail only where it has changed: a report of the supervision may have said more.</summary>
    private async Task WriteAsync(MaoHomeContext context, Reading reading, CancellationToken cancellationToken)
    {
        var row = context.Pods.Where(pod => pod.AccountKey == reading.AccountKey && pod.PodId != null);
        await row.ExecuteUpdateAsync(
            pod => pod.SetProperty(p => p.CpuPercent, reading.Usage == null ? null : reading.Usage.CpuPercent)
                .SetProperty(p => p.MemoryBytes, reading.Usage == null ? null : reading.Usage.MemoryBytes),
            cancellationToken);
        if (_told.GetValueOrDefault(reading.AccountKey) != reading.Detail)
        {
            await row.ExecuteUpdateAsync(pod => pod.SetProperty(p => p.Detail, reading.Detail), cancellationToken);
            _told[reading.AccountKey] = reading.Detail;
        }
    }

    private sealed record Reading(int AccountKey, PodUsage? Usage, string? Detail);
}
