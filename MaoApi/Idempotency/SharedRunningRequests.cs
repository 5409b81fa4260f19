using MaoApi.Shared;

namespace MaoApi.Idempotency;

/// <summary>
/// The requests all gateways are carrying out. Each is held by a lease, renewed as long as it runs: that of a gateway which was killed is
/// over within seconds. While the shared store is away each gateway knows its own.
/// </summary>
internal sealed class SharedRunningRequests(StoreLink link, MemoryRunningRequests own, TimeProvider time) : BackgroundService, IRunningRequests
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);

    public async ValueTask<bool> TryBeginAsync(IdempotencyKey key)
    {
        if (!await own.TryBeginAsync(key))
        {
            return false;
        }

        var held = await HoldAsync(key);
        if (held is not { IsThere: true, Value: false })
        {
            return true;
        }

        await own.EndAsync(key);
        return false;
    }

    public async ValueTask EndAsync(IdempotencyKey key)
    {
        await own.EndAsync(key);
        await link.AskAsync(key, static async (store, ended) =>
        {
            await store.LetGoAsync(ended);
            return true;
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Renewal, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var key in own.All)
            {
                await HoldAsync(key);
            }
        }
    }

    private ValueTask<StoreAnswer<bool>> HoldAsync(IdempotencyKey key) =>
        link.AskAsync(key, static (store, held) => store.HoldAsync(held, Lease));
}
