using MaoApi.Engines;
using MaoApi.Idempotency;
using MaoApi.Limits;
using MaoApi.Shared;

namespace MaoApi.Hosting;

/// <summary>What several gateways share: in a store beside them, or in the memory of the one that runs.</summary>
internal static class SharedStoreServices
{
    public static void Add(IServiceCollection services, SharedStoreOptions options)
    {
        if (options.Host is null || SharedStores.Built is not { } make)
        {
            services.AddSingleton<IRateBuckets, MemoryRateBuckets>();
            services.AddSingleton<IBreakerStore, MemoryBreakers>();
            services.AddSingleton<IRunningRequests, MemoryRunningRequests>();
            return;
        }

        services.AddSingleton(options);
        services.AddSingleton(_ => make(options));
        services.AddSingleton<StoreLink>();
        services.AddHostedService<StoreWatch>();
        services.AddSingleton<MemoryRateBuckets>();
        services.AddSingleton<IRateBuckets, SharedRateBuckets>();
        services.AddSingleton<IBreakerStore, SharedBreakers>();
        services.AddSingleton<MemoryRunningRequests>();
        services.AddSingleton<SharedRunningRequests>();
        services.AddSingleton<IRunningRequests>(provider => provider.GetRequiredService<SharedRunningRequests>());
        services.AddHostedService(provider => provider.GetRequiredService<SharedRunningRequests>());
    }
}
