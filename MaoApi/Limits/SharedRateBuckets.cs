using MaoApi.Shared;

namespace MaoApi.Limits;

/// <summary>
/// The buckets of all gateways together. This gateway draws from buckets of its own as well: they decide while the shared store is away, and
/// hold by then what was drawn here.
/// </summary>
internal sealed class SharedRateBuckets(StoreLink link, MemoryRateBuckets own) : IRateBuckets
{
    /// <summary>As far as this gateway slowed callers down.</summary>
    public double LowestFactor => own.LowestFactor;

    /// <summary>Users who asked this gateway.</summary>
    public int CountUsers(TimeSpan within) => own.CountUsers(within);

    public async ValueTask<RateTake> TakeAsync(RateKey key, RateBudget budget)
    {
        var mine = await own.TakeAsync(key, budget);
        var shared = await link.AskAsync((key, budget), static (store, asked) => store.TakeAsync(asked.key, asked.budget));
        return shared.IsThere ? shared.Value : mine;
    }

    public async ValueTask SlowDownAsync(RateKey key)
    {
        await own.SlowDownAsync(key);
        await link.AskAsync(key, static async (store, slowed) =>
        {
            await store.SlowDownAsync(slowed);
            return true;
        });
    }
}
