using System.Text.Json;
using MaoTrade.Engine.Trading.Commands;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// The last committed state, for everybody to read without the trade loop. Thread-safe; the portfolio's bytes are made
/// once per state.
/// </summary>
public sealed class SnapshotBoard(string accountId, TimeProvider time)
{
    private volatile Snapshot? _current;

    /// <summary>The last committed state; null before the first one was loaded.</summary>
    public TradingState? State => _current?.State;

    /// <summary>Whether the store is away, so that nothing newer can come.</summary>
    public bool IsStale => _current?.Stale ?? false;

    /// <summary>Whether the engine has been reconciled at least once since it started.</summary>
    public bool WasReady { get; private set; }

    /// <summary>Shows a committed state.</summary>
    public void Publish(TradingState state)
    {
        WasReady |= state.Stage == EngineStage.Ready;
        _current = new Snapshot(state, Stale: false);
    }

    /// <summary>Marks what is shown as old: the store does not answer.</summary>
    public void MarkStale()
    {
        if (_current is { Stale: false } current)
        {
            _current = new Snapshot(current.State with { Stage = EngineStage.Blocked, BrokerConnected = false }, Stale: true);
        }
    }

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

    private sealed record Snapshot(TradingState State, bool Stale)
    {
        /// <summary>Made by the first reader; made twice by two at once it is the same.</summary>
        public byte[]? Portfolio { get; set; }
    }
}
