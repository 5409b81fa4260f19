using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Engines;
using MaoApi.Features.Health;
using MaoApi.Http;
using MaoApi.Pods;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MaoApi.Hosting;

/// <summary>Everything the gateway is made of.</summary>
internal static class GatewayServices
{
    public static void Add(IServiceCollection services, GatewayOptions options, DataFolder folder)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.RateLimit);
        services.AddSingleton(folder);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>();
        AddData(services, folder);
        AddAuth(services);
        AddHttp(services);
        services.AddSingleton<EngineDirectory>();
        services.AddSingleton<EngineGateway>();
        services.AddSingleton<HealthChecks>();
        services.AddSingleton<FirstRun>();
        services.AddSingleton<TradingWatch>();
        AddPods(services);
    }

    private static void AddData(IServiceCollection services, DataFolder folder)
    {
        services.AddPooledDbContextFactory<MaoHomeContext>(database => database
            .UseSqlite($"Data Source={folder.Database};Foreign Keys=True")
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton<MaoHomeMigrator>();
    }

    private static void AddAuth(IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<LoginAttempts>();
        services.AddSingleton<Sessions>();
    }

    private static void AddPods(IServiceCollection services)
    {
        services.AddSingleton<IPodDriver, ChildProcessDriver>();
        services.AddSingleton<EngineProbe>();
        services.AddSingleton<EngineSettings>();
        services.AddSingleton<PodPorts>();
        services.AddSingleton<PaperBroker>();
        services.AddSingleton<PodFleet>();
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => JsonDefaults.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddSingleton<IProblemDetailsService, ValidationAnswers>();
        services.AddValidation();
        services.AddOpenApi("v1", ApiDescription.Configure);
    }
}
