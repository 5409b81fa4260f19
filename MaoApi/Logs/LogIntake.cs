namespace MaoApi.Logs;

/// <summary>Stores the gateway's own events, so many a second at most: the log must not cost what it is there to explain. Where nobody follows engines in this process, it is these events that lag.</summary>
internal sealed partial class LogIntake(LogFeed feed, ILogWriter store, LogLag? lag, TimeProvider time, ILogger<LogIntake> logger) : BackgroundService
{
    private const int MostAtOnce = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await StoreAsync(CancellationToken.None);
        }

        using var limit = new CancellationTokenSource(StopLimit, time);
        await StoreAsync(limit.Token);
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var events = feed.Take(MostAtOnce);
        if (events.Count == 0)
        {
            if (!_isAway)
            {
                lag?.StoredAt(began);
            }

            return;
        }

        try
        {
            await store.AppendAsync(new LogBatch([.. events.Select(line => GatewayEvent.Record(line, feed.App))]), cancellationToken);
            _isAway = false;
        }
        catch (Exception fault)
        {
            feed.Drop(events.Count);
            if (!_isAway)
            {
                _isAway = true;
                StoreAway(logger, fault);
            }
        }
    }

    [LoggerMessage(3401, LogLevel.Error, "The log store takes no events; those of the gateway stay in its log file alone")]
    private static partial void StoreAway(ILogger logger, Exception fault);
}
