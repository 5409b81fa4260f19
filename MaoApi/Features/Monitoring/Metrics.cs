using System.Text;
using MaoApi.Telemetry;

namespace MaoApi.Features.Monitoring;

internal static class Metrics
{
    public static IResult Handle(MetricReader metrics) =>
        Results.Bytes(Encoding.UTF8.GetBytes(metrics.Read()), PrometheusText.ContentType);
}
