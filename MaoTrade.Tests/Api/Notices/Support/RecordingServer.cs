using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Notices.Support;

/// <summary>A server on a free port that keeps what it was sent and answers what a test tells it to.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    private RecordingServer(WebApplication app, X509Certificate2? authority)
    {
        _app = app;
        Authority = authority;
    }

    /// <summary>What to answer; by default 200 with an empty object.</summary>
    public Func<RecordedRequest, RecordedAnswer> Answer { get; set; } = _ => new RecordedAnswer(200, "{}");

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Who signed the server's certificate, where it has one.</summary>
    public X509Certificate2? Authority { get; }

    public Uri Url => new(_app.Urls.First());

    public int Port => Url.Port;

    public static async Task<RecordingServer> StartAsync(IPAddress? address = null, bool secure = false, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var (authority, certificate) = secure ? CreateCertificate() : (null, null);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            address ?? IPAddress.Loopback,
            port,
            listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            }));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var server = new RecordingServer(app, authority);
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static (X509Certificate2 Authority, X509Certificate2 Server) CreateCertificate()
    {
        using var authorityKey = RSA.Create(2048);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var to = from.AddYears(20);
        var authorityRequest = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, to);

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=hooks.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("hooks.test");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, from, to, [1, 2, 3, 4]).CopyWithPrivateKey(key);
        return (X509CertificateLoader.LoadCertificate(authority.RawData), X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null));
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new RecordedRequest(
            context.Request.Method, context.Request.Path.Value!, await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        _requests.Enqueue(request);
        var answer = Answer(request);
        if (answer.Until is { } until)
        {
            await until.WaitAsync(context.RequestAborted);
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Bytes is { } bytes)
        {
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes);
            return;
        }

        await context.Response.WriteAsync(answer.Body);
    }
}

internal sealed record RecordedRequest(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers);

internal sealed record RecordedAnswer(int Status, string Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>What is sent in place of the body.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The answer waits for this.</summary>
    public Task? Until { get; init; }
}
