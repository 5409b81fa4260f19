using System.Collections.Immutable;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Signals;
using Serilog.Events;

namespace MaoTrade.Engine.Live;

/// <summary>Something for the live loop.</summary>
internal abstract record LiveInput;

/// <summary>A committed state and what led to it.</summary>
/// <param name="Number">Its number on the board.</param>
/// <param name="At">When it was committed.</param>
/// <param name="State">The state.</param>
/// <param name="IsStale">Whether the store has gone away since.</param>
/// <param name="Changes">What changed; null where anything may have.</param>
internal sealed record CommittedInput(long Number, DateTimeOffset At, TradingState State, bool IsStale, LiveChanges? Changes) : LiveInput;

/// <summary>Rows of a commit that somebody hears of, in the order of their decisions.</summary>
internal sealed record LiveChanges(ImmutableArray<Order> Orders, ImmutableArray<(string SignalId, Signal? Signal)> Signals, ImmutableArray<Trade> Trades)
{
    private static readonly LiveChanges None = new([], [], []);

    public static LiveChanges Of(TradingState state, IReadOnlyList<Turn> turns)
    {
        var (orders, signals, trades) = (ImmutableArray.CreateBuilder<Order>(), ImmutableArray.CreateBuilder<(string, Signal?)>(), ImmutableArray.CreateBuilder<Trade>());
        foreach (var turn in turns)
        {
            foreach (var (_, row) in turn.Changes.Orders)
            {
                orders.Add(row.Order);
            }

            foreach (var (id, signal) in turn.Changes.Signals)
            {
                signals.Add((id, signal));
            }

            foreach (var fill in turn.Changes.Fills)
            {
                if (Trade.Of(fill, fill.Closing is null ? null : state.OrderByReference(fill.DealReference)) is { } trade)
                {
                    trades.Add(trade);
                }
            }
        }

        return orders.Count + signals.Count + trades.Count == 0 ? None : new LiveChanges(orders.ToImmutable(), signals.ToImmutable(), trades.ToImmutable());
    }
}

/// <summary>A line of the log.</summary>
/// <param name="Line">The line.</param>
/// <param name="AfterGap">Whether lines before it were lost.</param>
internal sealed record LineInput(LogEvent Line, bool AfterGap) : LiveInput;

/// <summary>Somebody wants to hear.</summary>
internal sealed record OpenedInput(LiveSubscription Subscription) : LiveInput;

/// <summary>Somebody hears no more.</summary>
internal sealed record LeftInput(LiveSubscription Subscription) : LiveInput;

/// <summary>A moment that something was put off to has come.</summary>
internal sealed record DueInput : LiveInput
{
    public static readonly DueInput Instance = new();
}
