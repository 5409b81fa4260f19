using MaoApi.Features.Admin;
using MaoApi.Health;
using MaoApi.Jobs;
using MaoApi.Jobs.Work;
using MaoApi.Models;

namespace MaoApi.Hosting;

/// <summary>Work by schedule.</summary>
internal static class JobServices
{
    public static void Add(IServiceCollection services, GatewayRoles roles)
    {
        services.AddSingleton<JobLanes>();
        services.AddSingleton<JobBook>();
        services.AddSingleton<IJob, Purge>();
        services.AddSingleton<IJob, LogRetention>();
        services.AddSingleton<IJob, HistoryRetention>();
        services.AddSingleton<IJob, AccountDataExpiry>();
        services.AddSingleton<IJob, EngineCheck>();
        services.AddSingleton<IJob, NewsImport>();
        services.AddSingleton<IJobKind, StudyJob>();
        services.AddSingleton<ModelStore>();
        services.AddSingleton<IJob, ModelDrift>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<ClearCache>();
        services.AddSingleton<IDependency, JobHealth>();
        if (roles.HasFlag(GatewayRoles.Data))
        {
            services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
        }
    }
}
