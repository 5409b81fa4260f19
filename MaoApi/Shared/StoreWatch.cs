namespace MaoApi.Shared;

/// <summary>
/// Asks the shared store every second whether it is there: an outage is noticed though nobody calls, and its end without a request that
/// waits. Before the gateway listens the store has its first chance.
/// </summary>
internal sealed class StoreWatch(StoreLink link, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(3);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await link.ProbeAsync(FirstPatience);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await link.ProbeAsync();
        }
    }
}
