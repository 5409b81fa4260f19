using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using MaoApi.Data.Entities;
using MaoApi.Telemetry;

namespace MaoApi.Pods;

/// <summary>What the pods of this process last reported, for whoever reads the gateway's figures. Safe from any thread.</summary>
internal sealed class PodFigures
{
    private readonly ConcurrentDictionary<string, Standing> _pods = new(StringComparer.Ordinal);

    public PodFigures(GatewayMetrics metrics)
    {
        metrics.Meter.CreateObservableGauge("mao_pod_state", States, null, "Engines' pods: 0 stopped, 1 running, 2 error");
        metrics.Meter.CreateObservableCounter("mao_pod_restarts_total", Restarts, null, "Restarts of engines after a crash since they were started on purpose");
    }

    public void Report(string accountId, PodReport report) => _pods[accountId] = new Standing(Number(report.State), report.Restarts);

    /// <summary>The account is gone.</summary>
    public void Forget(string accountId) => _pods.TryRemove(accountId, out _);

    private static int Number(string state) => state switch
    {
        PodStates.Stopped => 0,
        PodStates.Running => 1,
        _ => 2,
    };

    private static KeyValuePair<string, object?> Account(string accountId) => new("account", accountId);

    private IEnumerable<Measurement<int>> States() => _pods.Select(pod => new Measurement<int>(pod.Value.State, Account(pod.Key)));

    private IEnumerable<Measurement<int>> Restarts() => _pods.Select(pod => new Measurement<int>(pod.Value.Restarts, Account(pod.Key)));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Standing(int State, int Restarts);
}
