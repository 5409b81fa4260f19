using MaoApi.Health;

namespace MaoApi.Hosting;

/// <summary>What the gateway depends on, and who looks at it.</summary>
internal static class HealthServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<HealthBoard>();
        services.AddHostedService<RoleHeart>();
        services.AddSingleton<IDependency, HomeDatabase>();
        services.AddSingleton<IDependency, HistoryDatabase>();
        services.AddSingleton<IDependency, EngineAnswers>();
        services.AddSingleton<IDependency, PodStanding>();
        services.AddSingleton<IDependency, ModelRegistry>();
        services.AddSingleton<IDependency, SharedStore>();
        services.AddSingleton<IDependency, DiskSpace>();
        services.AddSingleton<IDependency, ProcessMemory>();
    }
}
