using MaoApi.Hosting;

namespace MaoApi.Telemetry;

/// <summary>Where traces and metrics are sent; the page for Prometheus is there in any case.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Base address of an OpenTelemetry collector, such as <c>http://127.0.0.1:4318</c>. Default none: nothing is sent. <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Headers of every export, <c>name=value,…</c>; secret. <c>OTEL_EXPORTER_OTLP_HEADERS</c>.</summary>
    public string? Headers { get; init; }

    /// <summary>Share of requests without a caller's trace that are traced. Default 1, range 0 to 1. <c>OTEL_TRACES_SAMPLER_ARG</c>.</summary>
    public double SampledShare { get; init; } = 1;

    /// <summary>How often metrics are sent, seconds. Default 60, range 1 to 3,600. <c>MAO_METRICS_INTERVAL</c>.</summary>
    public TimeSpan MetricsInterval { get; init; } = TimeSpan.FromSeconds(60);

    public static TelemetryOptions Read(SettingsReader settings) => new()
    {
        Endpoint = settings.Url("OTEL_EXPORTER_OTLP_ENDPOINT"),
        Headers = settings.Secret("OTEL_EXPORTER_OTLP_HEADERS"),
        SampledShare = settings.Number("OTEL_TRACES_SAMPLER_ARG", 1, 0, 1),
        MetricsInterval = TimeSpan.FromSeconds(settings.Number("MAO_METRICS_INTERVAL", 60, 1, 3600)),
    };
}
