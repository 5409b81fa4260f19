using System.Net;
using System.Security.Authentication;
using MaoApi.Auth;
using MaoApi.Features.Admin;
using MaoApi.Features.Auth;
using MaoApi.Features.Client;
using MaoApi.Features.ClientMt;
using MaoApi.Features.Docs;
using MaoApi.Features.Health;
using MaoApi.Features.Monitoring;
using MaoApi.Features.Mt;
using MaoApi.Features.Srv;
using MaoApi.Http;
using MaoApi.Idempotency;
using MaoApi.Limits;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace MaoApi.Hosting;

/// <summary>The web application: Kestrel, the order of what every request passes, the areas.</summary>
internal static class GatewayApplication
{
    private const long MaxBodyBytes = 1024 * 1024;

    /// <summary>A token, a signature, a trace and some cookies of a proxy fit; a flood of headers does not.</summary>
    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxHeaders = 64;
    private const int MaxConnections = 20_000;
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(15);

    public static WebApplication Build(GatewayOptions options, DataFolder folder, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            kestrel.Limits.MaxRequestHeaderCount = MaxHeaders;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
            kestrel.Listen(options.Bind, options.Port, listen => UseTls(listen, options.Http.Tls));
        });
        builder.Services.Configure<SocketTransportOptions>(ShortenWay);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain);
        GatewayLogging.Add(builder.Logging, folder, options.Roles, options.Instance, options.Logs, options.Database.IsLogged);
        if (!options.Roles.HasFlag(GatewayRoles.Api))
        {
            builder.Services.AddSingleton<IServer, NoServer>();
        }

        GatewayServices.Add(builder.Services, options, folder);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        TelemetryServices.Begin(app.Services);
        UseProxies(app, options.Http);
        app.UseMiddleware<FarewellMiddleware>();
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseMiddleware<FailureMiddleware>();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.UseRouting();
        if (options.Http.CorsOrigins.Count > 0)
        {
            app.UseCors(policy => CrossOrigin.Configure(policy, options.Http.CorsOrigins));
        }

        app.UseMiddleware<InFlightMiddleware>();
        app.UseMiddleware<AddressLimitMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();
        MapRoutes(app, options);
        return app;
    }

    private static void UseTls(ListenOptions listen, TlsOptions options)
    {
        if (options.IsOn)
        {
            var certificate = listen.ApplicationServices.GetRequiredService<TlsCertificate>();
            listen.UseHttps(https =>
            {
                https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                https.ServerCertificateSelector = (_, _) => certificate.Current;
            });
        }
    }

    /// <summary>What a trusted proxy says about the caller, before anything looks at the caller.</summary>
    private static void UseProxies(WebApplication app, HttpOptions options)
    {
        if (options.TrustedProxies.Count > 0)
        {
            var headers = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,

                // As far back as proxies of ours vouch for each other.
                ForwardLimit = null,
            };
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in options.TrustedProxies)
            {
                headers.KnownIPNetworks.Add(network);
            }

            app.UseForwardedHeaders(headers);
        }

        if (options.PathBase.Length > 0)
        {
            app.UsePathBase(options.PathBase);
        }
    }

    /// <summary>
    /// A request is read, answered and sent on the thread its bytes arrived on: each hand-over to another thread costs more than most
    /// handlers. What blocks there holds one thread of the pool, as it would anywhere.
    /// </summary>
    private static void ShortenWay(SocketTransportOptions transport)
    {
        transport.UnsafePreferInlineScheduling = true;
        transport.WaitForDataBeforeAllocatingBuffer = false;
    }

    /// <summary>The address the API answers at, once it listens; seen from this machine where it listens everywhere.</summary>
    public static Uri Address(this WebApplication app)
    {
        var url = new Uri(app.Urls.First());
        return IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(url) { Host = IPAddress.Loopback.ToString() }.Uri
            : url;
    }

    private static void MapRoutes(WebApplication app, GatewayOptions options)
    {
        app.MapHealth();
        app.MapMonitoring();
        app.MapAuth();
        app.MapClientMt();
        app.MapAdmin();
        app.MapMt();
        app.MapClient();
        app.MapPush();
        app.MapAdminPods();
        app.MapAdminLogs();
        app.MapAdminWork();
        app.MapMonitor();
        app.MapMarketData();
        if (options.ServesDocs)
        {
            app.MapDocs();
        }
    }
}
