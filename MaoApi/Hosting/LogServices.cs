using MaoApi.Features.Admin;
using MaoApi.Health;
using MaoApi.Logs;
using MaoApi.Pods;

namespace MaoApi.Hosting;

/// <summary>The central log.</summary>
internal static class LogServices
{
    public static void Add(IServiceCollection services, GatewayOptions gateway)
    {
        var options = gateway.Logs;
        services.AddSingleton(options);
        services.AddSingleton(provider => LogStores.Built[options.Store.Store](
            options.Store, provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<LogLag>();
        services.AddSingleton<TailLogs>();
        services.AddSingleton<IDependency, LogStoreHealth>();
        if (options.IsStoredHere)
        {
            AddFilling(services, gateway);
        }
        else
        {
            services.AddHostedService<LogWatch>();
        }
    }

    private static void AddFilling(IServiceCollection services, GatewayOptions gateway)
    {
        // What engines write lies with the pod; read by two processes it would be stored twice.
        var isFollowing = gateway.Roles.HasFlag(GatewayRoles.Pod);
        services.AddSingleton(provider => (ILogWriter)provider.GetRequiredService<ILogStore>());
        services.AddHostedService(provider => new LogIntake(
            provider.GetRequiredService<LogFeed>(),
            provider.GetRequiredService<ILogWriter>(),
            isFollowing ? null : provider.GetRequiredService<LogLag>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LogIntake>>()));
        if (isFollowing)
        {
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<LogFollower>(provider, gateway.Pods.Driver != PodDriverKind.Child));
        }
    }
}
