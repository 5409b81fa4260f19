using MaoApi.Live;

namespace MaoApi.Hosting;

/// <summary>Live updates.</summary>
internal static class LiveServices
{
    public static void Add(IServiceCollection services, LiveOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LiveIdentity>();
        services.AddSingleton<LiveCommands>();
        services.AddHostedService<LiveWatch>();
    }
}
