using System.Diagnostics.Metrics;
using System.Net.NetworkInformation;

namespace MaoTrade.Protocol.Metrics;

/// <summary>What the process takes of the machine: memory, processors, network. Thread-safe.</summary>
public sealed class ProcessMetrics
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private long _lookedAt;
    private TimeSpan _usedBefore;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">Where they belong.</param>
    /// <param name="time">The clock.</param>
    public ProcessMetrics(Meter meter, TimeProvider time)
    {
        _time = time;
        _lookedAt = time.GetTimestamp();
        _usedBefore = Environment.CpuUsage.TotalTime;
        meter.CreateObservableGauge("mao_memory_usage_bytes", () => Environment.WorkingSet, "By", "Memory the process holds");
        meter.CreateObservableGauge("mao_cpu_usage_ratio", CpuRatio, null, "Share of all processors used since the last look");
        meter.CreateObservableCounter("mao_network_bytes_total", Network, "By", "Bytes over the network interfaces of the machine or container");
    }

    private static IEnumerable<Measurement<long>> Network()
    {
        long received = 0, sent = 0;
        foreach (var card in NetworkInterface.GetAllNetworkInterfaces())
        {
            var figures = card.GetIPStatistics();
            received += figures.BytesReceived;
            sent += figures.BytesSent;
        }

        yield return new Measurement<long>(received, new KeyValuePair<string, object?>("direction", "in"));
        yield return new Measurement<long>(sent, new KeyValuePair<string, object?>("direction", "out"));
    }

    private double CpuRatio()
    {
        lock (_lock)
        {
            var used = Environment.CpuUsage.TotalTime;
            var elapsed = _time.GetElapsedTime(_lookedAt);
            var ratio = elapsed > TimeSpan.Zero ? (used - _usedBefore) / elapsed / Environment.ProcessorCount : 0;
            _usedBefore = used;
            _lookedAt = _time.GetTimestamp();
            return Math.Max(0, ratio);
        }
    }
}
