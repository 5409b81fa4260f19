using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MaoTrade.Tests.Api.Telemetry;

/// <summary>An OpenTelemetry collector that takes OTLP over HTTP and keeps what it was sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, byte> _metrics = new(StringComparer.Ordinal);

    private Collector(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    public IReadOnlyCollection<string> Metrics => [.. _metrics.Keys];

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new Collector(app);
        app.MapPost("/v1/traces", request => TakeAsync(request, collector.TakeSpans));
        app.MapPost("/v1/metrics", request => TakeAsync(request, collector.TakeMetrics));
        await app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Hex(IEnumerable<ReadOnlyMemory<byte>> field) => Convert.ToHexStringLower(field.SingleOrDefault().Span);

    private static async Task TakeAsync(HttpContext context, Action<ReadOnlyMemory<byte>> take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        take(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }

    private void TakeSpans(ReadOnlyMemory<byte> request)
    {
        foreach (var span in ProtobufFields.Path(request, 1, 2, 2))
        {
            _spans.Enqueue(new CollectedSpan(
                Encoding.UTF8.GetString(ProtobufFields.Of(span, 5).Single().Span),
                Hex(ProtobufFields.Of(span, 1)),
                Hex(ProtobufFields.Of(span, 2)),
                Hex(ProtobufFields.Of(span, 4))));
        }
    }

    private void TakeMetrics(ReadOnlyMemory<byte> request)
    {
        foreach (var name in ProtobufFields.Path(request, 1, 2, 2, 1))
        {
            _metrics.TryAdd(Encoding.UTF8.GetString(name.Span), 0);
        }
    }
}

/// <summary>A span as the collector got it; ids in hex.</summary>
internal sealed record CollectedSpan(string Name, string TraceId, string SpanId, string ParentId);
