namespace MaoApi.Logs;

/// <summary>
/// How far behind a store is that others fill: whether what this process has written last has arrived there. All events take the same way,
/// so one that is newer shows it as well. A store that is away is said once, and that it is back.
/// </summary>
internal sealed partial class LogWatch(LogPulse pulse, ILogStore store, LogLag lag, TimeProvider time, ILogger<LogWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Whatever it is, it must cost nobody else anything: an unexpected end of this loop would stop the gateway.
                if (!_isAway)
                {
                    _isAway = true;
                    StoreAway(logger, fault.Message);
                }
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var written = pulse.LastUnixMilliseconds;
        var newest = await store.SearchAsync(new LogFilter(), null, 1, cancellationToken);
        if (_isAway)
        {
            _isAway = false;
            StoreBack(logger);
        }

        if (written == 0 || (newest is [var last] && last.Timestamp.ToUnixTimeMilliseconds() >= written))
        {
            lag.StoredAt(began);
        }
    }

    [LoggerMessage(3402, LogLevel.Warning, "The log archive cannot be asked, everything else goes on: {Reason}")]
    private static partial void StoreAway(ILogger logger, string reason);

    [LoggerMessage(3403, LogLevel.Information, "The log archive answers again")]
    private static partial void StoreBack(ILogger logger);
}
