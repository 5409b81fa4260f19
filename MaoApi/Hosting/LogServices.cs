using MaoApi.Features.Admin;
using MaoApi.Health;
using MaoApi.Logs;

namespace MaoApi.Hosting;

/// <summary>The central log.</summary>
internal static class LogServices
{
    public static void Add(IServiceCollection services, LogOptions options, GatewayRoles roles)
    {
        services.AddSingleton(options);
        services.AddSingleton<ILogStore, SqliteLogStore>();
        services.AddSingleton<LogLag>();
        services.AddSingleton<TailLogs>();
        services.AddSingleton<IDependency, LogStoreHealth>();
        services.AddHostedService<LogIntake>();
        if (roles.HasFlag(GatewayRoles.Pod))
        {
            // What engines write lies with the pod; read by two processes it would be stored twice.
            services.AddHostedService<LogFollower>();
        }
    }
}
