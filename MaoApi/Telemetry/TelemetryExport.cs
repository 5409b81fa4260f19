using MaoApi.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MaoApi.Telemetry;

/// <summary>Sends traces and metrics to a collector, where one is set; what it cannot take is dropped, no request waits for it.</summary>
internal sealed class TelemetryExport(TelemetryOptions options) : IHostedService, IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private TracerProvider? _tracers;
    private MeterProvider? _meters;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Endpoint is { } endpoint)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("maoapi", serviceVersion: ProductVersion.Value);
            _tracers = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SampledShare)))
                .AddSource(Tracing.SourceName)
                .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/traces"))
                .Build();
            _meters = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(GatewayMetrics.MeterName)
                .AddOtlpExporter((exporter, reader) =>
                {
                    Configure(exporter, endpoint, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsInterval.TotalMilliseconds;
                })
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _tracers?.ForceFlush((int)StopTimeout.TotalMilliseconds);
        _meters?.ForceFlush((int)StopTimeout.TotalMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _tracers?.Dispose();
        _meters?.Dispose();
    }

    private void Configure(OtlpExporterOptions exporter, Uri endpoint, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{signal}");
        if (options.Headers is { } headers)
        {
            exporter.Headers = headers;
        }
    }
}
