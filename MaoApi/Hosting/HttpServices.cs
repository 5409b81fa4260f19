using MaoApi.Http;
using Microsoft.Extensions.Validation;

namespace MaoApi.Hosting;

/// <summary>How requests are read, checked, described and answered.</summary>
internal static class HttpServices
{
    public static void Add(IServiceCollection services, HttpOptions options)
    {
        services.ConfigureHttpJsonOptions(json => JsonDefaults.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddSingleton<IProblemDetailsService, ValidationAnswers>();
        services.AddValidation();
        services.PostConfigure<ValidationOptions>(WholeValidation.Apply);
        services.AddCors();
        services.AddSingleton(options.Tls);
        services.AddSingleton<TlsCertificate>();
        services.AddOpenApi("v1", ApiDescription.Configure);
    }
}
