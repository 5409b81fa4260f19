using MaoApi.Idempotency;
using MaoApi.Limits;

namespace MaoApi.Hosting;

/// <summary>What keeps one caller, or all of them, from taking more than there is.</summary>
internal static class LimitServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<RateGuard>();
        services.AddSingleton<InFlight>();
        services.AddSingleton<CpuGate>();
        services.AddSingleton<IIdempotencyStore, DatabaseIdempotencyStore>();
    }
}
