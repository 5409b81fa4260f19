using MaoApi.Auth;
using MaoApi.Auth.Services;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MaoApi.Http;

/// <summary>The OpenAPI document: for each route its summary, examples, who may call it and every code it can answer with.</summary>
internal static class ApiDescription
{
    private const string BearerScheme = "bearer";
    private const string SignatureScheme = "signature";

    private static readonly ApiCode[] OfEveryRoute = [ApiCodes.Invalid, ApiCodes.BodyTooLarge, ApiCodes.UnknownMediaType, ApiCodes.Fault];

    private static readonly ApiCode[] OfProtectedRoutes =
    [
        ApiCodes.Unauthenticated, ApiCodes.Inactive, ApiCodes.Expired, ApiCodes.Blocked, ApiCodes.Forbidden, ApiCodes.RateLimited,
        ApiCodes.Database, ApiCodes.Identity,
    ];

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "MaoTrade", Version = "v1", Description = Codes() };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "The accessToken of POST /auth/login, or a personal access token",
            };
            document.Components.SecuritySchemes[SignatureScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ServiceSignature.SignatureHeader,
                Description = "With mao-key, mao-timestamp (Unix seconds, ±30) and mao-nonce (16 to 64 characters): base64 of HMAC-SHA256 under the key's "
                    + "secret over METHOD, path?query, hex SHA-256 of the body, timestamp and nonce, joined by line feeds",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    }

    private static string Codes() =>
        "Every JSON answer is `{\"code\",\"message\",\"data\"}`. Codes:\n\n| HTTP | code | meaning |\n|---|---|---|\n"
        + string.Join('\n', ApiCodes.All.Select(row => $"| {row.Status} | {row.Code} | {row.Name} |"));

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<AccessRequirement>().LastOrDefault();
        IEnumerable<ApiCode> failures = [.. OfEveryRoute, .. metadata.OfType<RouteFailures>().SelectMany(own => own.Codes)];
        if (access is { Level: not AccessLevel.Anyone })
        {
            var scheme = access.Level is AccessLevel.User or AccessLevel.LoggedIn or AccessLevel.Admin ? BearerScheme : SignatureScheme;
            failures = failures.Concat(OfProtectedRoutes);
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] },
            ];
        }

        AddFailures(operation, failures);
        if (metadata.OfType<RouteExample>().LastOrDefault() is { } example)
        {
            AddExamples(operation, example);
        }
    }

    private static void AddFailures(OpenApiOperation operation, IEnumerable<ApiCode> failures)
    {
        operation.Responses ??= [];
        foreach (var status in failures.Distinct().GroupBy(row => row.Status).OrderBy(group => group.Key))
        {
            operation.Responses[status.Key.ToString()] = new OpenApiResponse
            {
                Description = string.Join("; ", status.OrderBy(row => row.Code).Select(row => $"{row.Code} {row.Name}")),
            };
        }
    }

    private static void AddExamples(OpenApiOperation operation, RouteExample example)
    {
        if (operation.RequestBody?.Content?.Values.FirstOrDefault() is { } request)
        {
            request.Example = RouteDescriptions.Parse(example.Request);
        }

        var done = operation.Responses?.GetValueOrDefault("200") ?? operation.Responses?.GetValueOrDefault("201")
            ?? operation.Responses?.GetValueOrDefault("202");
        if (done?.Content?.Values.FirstOrDefault() is { } response)
        {
            response.Example = RouteDescriptions.Parse(example.Response);
        }
    }
}
