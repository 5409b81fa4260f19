using System.Text;
using MaoTrade.Protocol.Metrics;

namespace MaoApi.Features.Monitoring;

internal static class Metrics
{
    public static IResult Handle(MetricReader metrics) =>
        Results.Bytes(Encoding.UTF8.GetBytes(metrics.Read()), PrometheusText.ContentType);
}
