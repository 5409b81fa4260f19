using System.Text.Json;
using MaoTrade.Engine.Live;
using MaoTrade.Engine.Monitoring;
using MaoTrade.Engine.Trading.Commands;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// The last committed state, for everybody to read without the trade loop. Thread-safe; the portfolio's bytes are made
/// once per state.
/// </summary>
public sealed class SnapshotBoard(string accountId, TimeProvider time)
{
    private volatile Snapshot? _current;
    private volatile bool _isStoreAway;
    private long _number;

    /// <summary>The last committed state; null before the first one was loaded.</summary>
    public TradingState? State => _current?.State;

    /// <summary>Whether the store is away, so that nothing newer can come.</summary>
    public bool IsStale => _current?.Stale ?? false;

    /// <summary>Whether the store did not answer when it was asked last, also before there is a state.</summary>
    public bool IsStoreAway => _isStoreAway;

    /// <summary>Whether the engine has been reconciled at least once since it started.</summary>
    public bool WasReady { get; private set; }

    /// <summary>Who tells others of what is shown; null where nobody does.</summary>
    internal LiveFeed? Live { get; set; }

    /// <summary>Who counts what is committed; null where nobody does.</summary>
    internal EngineMetrics? Metrics { get; set; }

    /// <summary>Shows a committed state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="turns">What led to it; null where anything may have changed, as after a restoration.</param>
    public void Publish(TradingState state, IReadOnlyList<Turn>? turns = null)
    {
        _isStoreAway = false;
        WasReady |= state.Stage == EngineStage.Ready;
        Show(state, isStale: false, turns);
        Metrics?.Take(state, turns ?? []);
    }

    /// <summary>Marks what is shown as old: the store does not answer.</summary>
    public void MarkStale()
    {
        _isStoreAway = true;
        if (_current is { Stale: false } current)
        {
            Show(current.State with { Stage = EngineStage.Blocked, BrokerConnected = false }, isStale: true, []);
        }
    }

    /// <summary>The state shown now, and its number among those this board has shown; null before the first.</summary>
    internal (long Number, TradingState State, bool IsStale)? Look() =>
        _current is { } current ? (current.Number, current.State, current.Stale) : null;

    /// <summary>The reply data of srvId 3, or null before there is a state.</summary>
    public ReadOnlyMemory<byte>? Portfolio()
    {
        if (_current is not { } current)
        {
            return null;
        }

        return current.Portfolio ??= JsonSerializer.SerializeToUtf8Bytes(
            PortfolioView.Of(current.State, accountId, current.Stale, time.GetUtcNow()), CommandJson.Default.PortfolioView);
    }

    private void Show(TradingState state, bool isStale, IReadOnlyList<Turn>? turns)
    {
        _current = new Snapshot(state, isStale, ++_number);
        Live?.Offer(_number, state, isStale, turns);
    }

    private sealed record Snapshot(TradingState State, bool Stale, long Number)
    {
        /// <summary>Made by the first reader; made twice by two at once it is the same.</summary>
        public byte[]? Portfolio { get; set; }
    }
}
