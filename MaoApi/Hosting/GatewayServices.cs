namespace MaoApi.Hosting;

/// <summary>Everything the gateway is made of, room by room.</summary>
internal static class GatewayServices
{
    public static void Add(IServiceCollection services, GatewayOptions options, DataFolder folder)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.RateLimit);
        services.AddSingleton(options.Http);
        services.AddSingleton(folder);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>();
        services.AddSingleton<FirstRun>();
        services.AddSingleton<TradingWatch>();
        DataServices.Add(services, options.Database);
        SecretServices.Add(services, options.Secrets);
        AuthServices.Add(services, options);
        HttpServices.Add(services, options.Http);
        LimitServices.Add(services);
        SharedStoreServices.Add(services, options.Shared);
        TelemetryServices.Add(services, options.Telemetry, options.Roles);
        EngineServices.Add(services);
        PodServices.Add(services, options);
        LiveServices.Add(services, options.Live);
        HealthServices.Add(services);
        LogServices.Add(services, options);
        JobServices.Add(services, options.Roles);
        NewsServices.Add(services, options.News);
        HistoryServices.Add(services, options.History);
        NoticeServices.Add(services, options.Notices);
    }
}
