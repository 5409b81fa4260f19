using MaoApi.Telemetry;
using MaoTrade.Protocol.Metrics;

namespace MaoApi.Hosting;

/// <summary>What the gateway tells of itself: metrics and traces.</summary>
internal static class TelemetryServices
{
    public static void Add(IServiceCollection services, TelemetryOptions options, GatewayRoles roles)
    {
        services.AddSingleton(options);
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton(provider => new MetricReader(provider.GetRequiredService<GatewayMetrics>().Meter));
        services.AddSingleton(provider => new ProcessMetrics(provider.GetRequiredService<GatewayMetrics>().Meter, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DatabaseConnections>();
        services.AddSingleton<GatewayGauges>();
        services.AddHostedService<TelemetryExport>();
        if (roles.HasFlag(GatewayRoles.Api))
        {
            services.AddHostedService<PlatformFigures>();
        }
    }

    /// <summary>Makes what nobody asks for by name, before the first request counts.</summary>
    public static void Begin(IServiceProvider services)
    {
        services.GetRequiredService<MetricReader>();
        services.GetRequiredService<ProcessMetrics>();
        services.GetRequiredService<GatewayGauges>();
    }
}
