using System.Diagnostics.Metrics;
using MaoApi.Engines;
using MaoApi.Hosting;
using MaoApi.Jobs;
using MaoApi.Limits;
using MaoApi.Logs;

namespace MaoApi.Telemetry;

/// <summary>The figures that are looked up when somebody reads them.</summary>
internal sealed class GatewayGauges
{
    private static readonly TimeSpan Active = TimeSpan.FromMinutes(5);

    public GatewayGauges(
        GatewayMetrics metrics,
        InFlight inFlight,
        IRateBuckets buckets,
        EngineGateway engines,
        DatabaseConnections connections,
        LogFeed feed,
        JobLanes lanes,
        LogBatches? logs = null)
    {
        var meter = metrics.Meter;
        meter.CreateObservableGauge("mao_api_in_flight", () => inFlight.Count, null, "Requests under way, streams not counted");
        meter.CreateObservableGauge("mao_active_users", () => buckets.CountUsers(Active), null, "Users who asked for something in the last five minutes");
        meter.CreateObservableGauge("mao_rate_limit_factor", () => buckets.LowestFactor, null, "Lowest factor a caller's bucket is filled with");
        meter.CreateObservableGauge("mao_circuit_state", engines.Circuits, null, "Circuits of engines: 0 closed, 1 open, 2 trying");
        meter.CreateObservableGauge("mao_db_pool_in_use", () => connections.InUse, null, "Database connections in use");
        meter.CreateObservableCounter("mao_logs_dropped_total", () => feed.Dropped + (logs?.Dropped ?? 0), null, "Log lines dropped because they came too fast");
        meter.CreateObservableGauge("mao_jobs_pending", () => Pending(lanes), null, "Runs of jobs that wait, by lane");
    }

    private static IEnumerable<Measurement<int>> Pending(JobLanes lanes) =>
        JobLanes.Places.Keys.Select(lane => new Measurement<int>(lanes.Waiting(lane), new KeyValuePair<string, object?>("lane", lane)));
}
