using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MaoTrade.Engine.Logs;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;

namespace MaoTrade.Engine.Monitoring;

/// <summary>
/// What an engine counts and measures, by what is committed: <c>/metrics</c> of the health port. Nothing is measured in decisions, so a
/// system test has none of it. Written by the trade loop; safe to read from any thread.
/// </summary>
public sealed class EngineMetrics : IDisposable
{
    private const double MillisecondsPerSecond = 1_000;

    private readonly Counter<long> _trades;
    private readonly Histogram<double> _executions;
    private readonly Histogram<double> _signals;
    private readonly ConcurrentDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private double _lagSeconds;

    public EngineMetrics(SnapshotBoard board, TimeProvider time, LogDrops? drops = null)
    {
        _trades = Meter.CreateCounter<long>("mao_trades_total", null, "Executions");
        _executions = Meter.CreateHistogram<double>("mao_trade_execution_seconds", "s", "From an order that leaves to its last execution");
        _signals = Meter.CreateHistogram<double>("mao_signal_to_trade_seconds", "s", "From a system's decision until the broker has its order");
        Meter.CreateObservableGauge(
            "mao_market_data_age_seconds", () => Now<double>(board.State?.LastFrameAt is { } at ? (time.GetUtcNow() - at).TotalSeconds : null), "s", "Age of the last frame");
        Meter.CreateObservableGauge("mao_orders_unknown", () => Now(board.State?.UnknownOrders), null, "Orders whose outcome the broker has not told");
        Meter.CreateObservableCounter("mao_reconcile_drift_total", () => Now(board.State?.Drift), null, "Differences found between broker and engine");
        Meter.CreateObservableCounter(
            "mao_risk_refused_total", () => _refusals.Select(limit => new Measurement<long>(limit.Value, Label("limit", limit.Key))), null, "Orders a limit refused");
        Meter.CreateObservableGauge(
            "mao_portfolio_value",
            () => board.State?.Account is { } account ? [new Measurement<double>((double)account.Equity, Label("currency", account.Currency))] : Array.Empty<Measurement<double>>(),
            null, "Equity of the account");
        Meter.CreateObservableGauge("mao_store_up", () => board.IsStoreAway ? 0 : 1, null, "1 while the account's database answers, 0 while it does not and no orders leave");
        Meter.CreateObservableCounter("mao_logs_dropped_total", () => drops?.Count ?? 0, null, "Log lines dropped because they came too fast");
        Meter.CreateObservableGauge("mao_loop_lag_seconds", () => Volatile.Read(ref _lagSeconds), "s", "How long the last tick waited for the trade loop");
    }

    /// <summary>The instruments of this engine.</summary>
    internal Meter Meter { get; } = new("MaoTrade.Engine");

    /// <summary>A tick waited so long for the trade loop.</summary>
    internal void Lag(TimeSpan lag) => Volatile.Write(ref _lagSeconds, lag.TotalSeconds);

    /// <summary>Counts what was committed.</summary>
    internal void Take(TradingState state, IReadOnlyList<Turn> turns)
    {
        foreach (var turn in turns)
        {
            foreach (var fill in turn.Changes.Fills)
            {
                _trades.Add(
                    1, Label("strategy", state.OrderByReference(fill.DealReference)?.System ?? ""), Label("symbol", fill.Epic), Label("side", Side(fill.OpType)));
            }

            foreach (var (order, storedSteps) in turn.Changes.Orders.Values)
            {
                Measure(order, storedSteps);
            }

            foreach (var (limit, times) in turn.Tools.Refusals)
            {
                _refusals[limit] = times;
            }
        }
    }

    public void Dispose() => Meter.Dispose();

    private static IEnumerable<Measurement<T>> Now<T>(T? value)
        where T : struct => value is { } known ? [new Measurement<T>(known)] : [];

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private static string Side(OrderOpType side) => side == OrderOpType.Sell ? "sell" : "buy";

    /// <summary>By the steps of an order, which are timed on the monotonic clock; what another process saw of it is not.</summary>
    private void Measure(Order order, int storedSteps)
    {
        double sinceDecided = 0;
        double sinceSent = 0;
        var isKnown = false;
        for (var number = 0; number < order.Changes.Length; number++)
        {
            var step = order.Changes[number];
            sinceDecided += step.LatencyMs;
            sinceSent = step.ExecState == OrderExecState.Submitted ? 0 : sinceSent + step.LatencyMs;
            var isNew = number >= storedSteps;
            if (!isKnown && step.ExecState is OrderExecState.Accepted or OrderExecState.Filled)
            {
                isKnown = true;
                if (isNew && sinceDecided > 0 && order.AuthorType == OrderAuthorType.System)
                {
                    _signals.Record(sinceDecided / MillisecondsPerSecond);
                }
            }

            if (isNew && sinceSent > 0 && step.ExecState == OrderExecState.Filled)
            {
                _executions.Record(sinceSent / MillisecondsPerSecond);
            }
        }
    }
}
