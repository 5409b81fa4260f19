using System.Diagnostics.Metrics;
using MaoApi.Hosting;
using MaoApi.Telemetry;

namespace MaoApi.Shared;

/// <summary>
/// The way to the shared store. Nobody waits longer for it than the options say; once it did not answer nobody waits at all, until it answers
/// <see cref="StoreWatch"/> again. Each outage is one warning. Safe from any thread.
/// </summary>
internal sealed partial class StoreLink
{
    private readonly ISharedStore _store;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreLink> _logger;
    private readonly Counter<long> _outages;
    private readonly Lock _lock = new();
    private volatile Outage? _outage = new(null, "not asked yet");

    public StoreLink(ISharedStore store, SharedStoreOptions options, GatewayMetrics metrics, TimeProvider time, ILogger<StoreLink> logger)
    {
        (_store, _patience, _time, _logger) = (store, options.Patience, time, logger);
        _outages = metrics.Meter.CreateCounter<long>("mao_shared_store_outages_total", null, "Times the shared store did not answer any more");
        metrics.Meter.CreateObservableGauge("mao_shared_store_up", () => IsThere ? 1 : 0, null, "Whether the shared store answers");
    }

    public bool IsThere => _outage is null;

    public string Place => _store.Place;

    /// <summary>Why it is away; null where it is there.</summary>
    public string? Fault => _outage?.Reason;

    /// <summary>Asks the store, where it is there.</summary>
    public async ValueTask<StoreAnswer<T>> AskAsync<TState, T>(TState state, Func<ISharedStore, TState, Task<T>> ask)
    {
        if (!IsThere)
        {
            return default;
        }

        try
        {
            return new(true, await ask(_store, state).WaitAsync(_patience, _time));
        }
        catch (Exception fault) when (fault is SharedStoreException or TimeoutException)
        {
            Lose(fault);
            return default;
        }
    }

    /// <summary>Looks whether the store is there, as patiently as a request would be.</summary>
    public Task ProbeAsync() => ProbeAsync(_patience);

    public async Task ProbeAsync(TimeSpan patience)
    {
        try
        {
            await _store.PingAsync().WaitAsync(patience, _time);
            Find();
        }
        catch (Exception fault) when (fault is SharedStoreException or TimeoutException)
        {
            Lose(fault);
        }
    }

    private void Lose(Exception fault)
    {
        var reason = fault is TimeoutException ? $"no answer within {_patience.TotalMilliseconds} ms" : fault.Message;
        lock (_lock)
        {
            if (_outage is { Since: not null } known)
            {
                _outage = known with { Reason = reason };
                return;
            }

            _outage = new Outage(_time.GetTimestamp(), reason);
        }

        _outages.Add(1);
        IsAway(_logger, Place, reason);
    }

    private void Find()
    {
        long? since;
        lock (_lock)
        {
            since = _outage?.Since;
            _outage = null;
        }

        if (since is { } lost)
        {
            IsBack(_logger, Place, _time.GetElapsedTime(lost).TotalSeconds);
        }
    }

    [LoggerMessage(3450, LogLevel.Warning, "{Place} is away: {Reason}; until it is back each gateway counts its callers and engines for itself")]
    private static partial void IsAway(ILogger logger, string place, string reason);

    [LoggerMessage(3451, LogLevel.Information, "{Place} is back after {Seconds:0.0} s; what gateways count they count together again")]
    private static partial void IsBack(ILogger logger, string place, double seconds);

    /// <summary>Since when, which is not known before the store was asked first.</summary>
    private sealed record Outage(long? Since, string Reason);
}
