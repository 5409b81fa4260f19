using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Bench.Servers;

/// <summary>A Kestrel minimal API with one route that answers fixed JSON, and nothing else in its way.</summary>
internal static class HttpServer
{
    public static async Task<WebApplication> StartAsync(string path, byte[] json)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(new IPEndPoint(IPAddress.Loopback, 0), listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
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
}
