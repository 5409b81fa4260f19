using MaoApi.Http;

namespace MaoApi.Hosting;

/// <summary>How requests are read, checked, described and answered.</summary>
internal static class HttpServices
{
    public static void Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => JsonDefaults.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddSingleton<IProblemDetailsService, ValidationAnswers>();
        services.AddValidation();
        services.AddOpenApi("v1", ApiDescription.Configure);
    }
}
