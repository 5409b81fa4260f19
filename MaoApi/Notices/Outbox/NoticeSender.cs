using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Notices.Outbox;

/// <summary>
/// Sends what is stored and due: the only loop that does, in each gateway one. What waits is in the database alone, so that a gateway that
/// starts again goes on where it, or another, stopped.
/// </summary>
internal sealed partial class NoticeSender(
    IDbContextFactory<MaoHomeContext> contexts,
    DeliveryAttempts attempts,
    NoticeBell bell,
    NoticeOptions options,
    TimeProvider time,
    ILogger<NoticeSender> logger) : BackgroundService
{
    private const int MostTogether = 50;
    private const int MostAtOnce = 8;

    /// <summary>What another gateway stored, and what waits for its time, is found by looking.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CleanInterval = TimeSpan.FromHours(1);

    private DateTimeOffset _nextClean;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = time.CreateTimer(state => ((NoticeBell)state!).Ring(), bell, Interval, Interval);
        while (true)
        {
            await bell.WaitAsync(stoppingToken);
            try
            {
                while (await RoundAsync(stoppingToken) == MostTogether)
                {
                }

                await CleanAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, it must cost nobody else anything: an unexpected end of this loop would stop the gateway.
                RoundFailed(logger, fault);
            }
        }
    }

    /// <summary>Tries everything that is due, oldest first. Returns how many that were.</summary>
    internal async Task<int> RoundAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        var sending = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, sending, async (delivery, token) => await attempts.TryAsync(delivery, token));
        return due.Count;
    }

    private async Task<List<int>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Deliveries.AsNoTracking()
            .Where(delivery => delivery.State == DeliveryStates.Waiting && delivery.Due <= now)
            .OrderBy(delivery => delivery.Due).Select(delivery => delivery.Id).Take(MostTogether).ToListAsync(cancellationToken);
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _nextClean)
        {
            return;
        }

        _nextClean = now + CleanInterval;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var oldest = now - options.Retention;
        await context.Notifications.Where(notice => notice.Created < oldest).ExecuteDeleteAsync(cancellationToken);
        await context.EngineEvents.Where(told => told.Received < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(3302, LogLevel.Error, "Looking for notices to send failed; tried again in a second")]
    private static partial void RoundFailed(ILogger logger, Exception fault);
}
