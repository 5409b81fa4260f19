using System.Net;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using MaoApi.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Serilog;

namespace MaoTrade.Bench.Servers;

/// <summary>
/// Kestrel with the duties of a gateway by the framework's ordinary means: token check, rate limit per user, request metrics and a request log
/// in a file; then fixed JSON, with no engine behind it.
/// </summary>
internal static class DutifulHttpServer
{
    private const string UserItem = "user";

    public static async Task<IAsyncDisposable> StartAsync(string path, byte[] json, string publicKey, string logFile)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(
            new LoggerConfiguration().WriteTo.Async(sink => sink.File(logFile, formatProvider: null)).CreateLogger(), dispose: true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.HttpLogging", LogLevel.Information);
        builder.Services.AddHttpLogging(logging =>
            logging.LoggingFields = HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath | HttpLoggingFields.ResponseStatusCode | HttpLoggingFields.Duration);
        builder.Services.AddRateLimiter(limits => limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter((string)context.Items[UserItem]!, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 1_000_000,
                TokensPerPeriod = 1_000_000,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })));
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(new IPEndPoint(IPAddress.Loopback, 0), listen => listen.Protocols = HttpProtocols.Http1));
        var meters = Sdk.CreateMeterProviderBuilder()
            .AddMeter("Microsoft.AspNetCore.Hosting")
            .AddReader(new PeriodicExportingMetricReader(new NoExporter()))
            .Build();
        var app = builder.Build();
        app.Lifetime.ApplicationStopped.Register(meters.Dispose);
        app.UseHttpLogging();
        CheckTokens(app, publicKey);
        app.UseRateLimiter();
        app.MapGet(path, async context =>
        {
            var response = context.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = json.Length;
            await response.BodyWriter.WriteAsync(json);
        });
        await app.StartAsync();
        ServerCommand.Listening(new Uri(app.Urls.First()).Port);
        return app;
    }

    private static void CheckTokens(WebApplication app, string publicKey)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(publicKey);
        var handler = new JsonWebTokenHandler();
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = TokenIssuer.Issuer,
            ValidAudience = TokenIssuer.Audience,
            IssuerSigningKey = new ECDsaSecurityKey(key),
        };
        app.Use(async (context, next) =>
        {
            var header = context.Request.Headers.Authorization.ToString();
            var result = await handler.ValidateTokenAsync(header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : "", parameters);
            if (!result.IsValid)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            context.Items[UserItem] = ((JsonWebToken)result.SecurityToken).Subject;
            await next(context);
        });
    }

    /// <summary>Collecting is the cost that counts; where the figures go to is not.</summary>
    private sealed class NoExporter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
