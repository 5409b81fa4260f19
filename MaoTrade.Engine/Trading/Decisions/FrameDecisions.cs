using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>A frame of market data: prices of the position, the system's decision, the order that comes of it.</summary>
public static class FrameDecisions
{
    private const int MostDeferred = 10_000;

    public static void Take(Turn turn, FrameEvent frame)
    {
        if (turn.State.Stage != EngineStage.Ready)
        {
            Queue(turn, turn.Tools.Deferred, frame, "the reconciliation");
            return;
        }

        var title = turn.Titles.Find(frame.Epic);
        if (title is { Feed.IsWaiting: true } || (title is not null && HistoryDecisions.AskForGap(turn, title, frame)))
        {
            Queue(turn, title.Feed.Waiting, frame, "the history");
            return;
        }

        Decide(turn, title, frame);
    }

    /// <summary>Takes or drops a frame that waits for nothing; its acknowledgement goes out either way.</summary>
    public static void Decide(Turn turn, Title? title, FrameEvent frame)
    {
        if (Fault(turn, title, frame) is { } fault)
        {
            FeedAlarms.Drop(turn, frame, fault);
        }
        else
        {
            Mark(turn, frame, isStep: title is not null && frame.Closed);
            DailyClean.Look(turn);
            FeedAlarms.Hear(turn, frame);
            Accept(turn, turn.Titles.Find(frame.Epic), frame);
        }

        if (frame.EventId is { } eventId)
        {
            turn.Titles.HoldBack(frame.Epic, eventId);
        }
    }

    /// <summary>Why a frame is not taken, or null.</summary>
    public static FrameFault? Fault(Turn turn, Title? title, FrameEvent frame) => FrameChecks.Judge(
        frame, title, turn.Tools.Prices.TryGetValue(frame.Epic, out var price) ? price : null, turn.Rules.HoursOf(frame.Epic));

    /// <summary>A system gets a candle, closed or still growing; one that is late teaches it and is not traded on.</summary>
    public static void Process(Turn turn, Title title, in Frame candle, bool closed, bool late)
    {
        if (turn.State.Signals.GetValueOrDefault(title.SignalId) is not { } signal)
        {
            return;
        }

        signal = Open(turn, signal);
        var submitting = !turn.State.OpenOrders.IsEmpty && HasOrderUnderWay(turn.State, signal);
        var input = new SystemFrame(candle, closed, submitting, turn.State.MarketTime);
        if (signal.IsLive && signal.State != SignalState.Error)
        {
            var decision = SystemCalls.Process(turn, title, input);
            if (!late && decision.Action != SystemAction.NoAction)
            {
                Execute(turn, turn.State.Signals[signal.SignalId], title, input, decision);
            }
        }

        if (closed)
        {
            title.Keep(candle);
            turn.Changes.Frames.Add((signal.SignalId, candle, title.FramesKept));
            turn.Offer(title, candle);
        }
    }

    private static void Accept(Turn turn, Title? title, FrameEvent frame)
    {
        if (title is null)
        {
            return;
        }

        if (title.Feed.IsWhole)
        {
            Process(turn, title, frame.Frame, frame.Closed, frame.Late);
        }
        else
        {
            CandleDecisions.Grow(turn, title, frame);
        }
    }

    private static void Queue(Turn turn, Queue<FrameEvent> queue, FrameEvent frame, string what)
    {
        if (queue.Count == MostDeferred)
        {
            turn.Log(LogLevel.Warning, $"Frame {queue.Dequeue().Frame.UnixSeconds} of {frame.Epic} dropped: too many wait for {what}");
        }

        queue.Enqueue(frame);
    }

    /// <summary>Somebody's limit or stop order that works at the broker does not hold the system up.</summary>
    private static bool HasOrderUnderWay(TradingState state, Signal signal) => state.OpenOrdersOf(signal.Epic).Any(
        order => order.SignalId == signal.SignalId || order.OrderType == OrderType.Market || order.IsUnanswered);

    /// <summary>Notes price and time; a forming or repeated frame changes no row.</summary>
    private static void Mark(Turn turn, FrameEvent frame, bool isStep)
    {
        var state = turn.State;
        var price = frame.Frame.Close;
        turn.Tools.Prices[frame.Epic] = price;
        turn.State = state with
        {
            MarketTime = frame.BrokerTime > state.MarketTime ? frame.BrokerTime : state.MarketTime,
            LastFrameAt = turn.Now,
            Frame = isStep ? Math.Max(state.Frame, frame.Frame.UnixSeconds) : state.Frame,
            Positions = state.Positions.TryGetValue(frame.Epic, out var position)
                ? state.Positions.SetItem(frame.Epic, position with { LastPrice = price })
                : state.Positions,
        };
    }

    /// <summary>Starts or ends a signal by its window, in market time.</summary>
    private static Signal Open(Turn turn, Signal signal)
    {
        var now = turn.State.MarketTime.ToUnixTimeSeconds();
        if (signal.State == SignalState.Waiting && now >= (signal.StartTrade ?? long.MinValue))
        {
            signal = signal with { State = SignalState.Running, Modified = turn.Now };
            turn.Put(signal);
        }

        if (signal.State == SignalState.Running && now >= (signal.EndTrade ?? long.MaxValue))
        {
            signal = signal with { State = SignalState.Completed, Modified = turn.Now };
            turn.Put(signal);
            turn.Log(LogLevel.Information, $"Signal {signal.SignalId} ({signal.System} on {signal.Epic}) has reached its end");
        }

        return signal;
    }

    private static void Execute(Turn turn, Signal signal, Title title, in SystemFrame frame, SystemDecision decision)
    {
        if (turn.Rules.Sizing is { } sizing && decision.Action is (SystemAction.Buy or SystemAction.Sell))
        {
            decision = decision with { Quantity = sizing.Of(decision.Quantity, turn.PortfolioOf(signal.Epic), frame.Frame.Close) };
        }

        if (Intend(turn, signal, decision) is not var (intent, onFilled) || frame.OrderSubmitting)
        {
            return;
        }

        var refusal = signal.MayActAt(frame.TimeNow)
            ? OrderMaking.Refuse(turn, intent)
            : signal.State == SignalState.Running && !signal.Blocked ? "outside the signal's window" : $"the signal is {(signal.Blocked ? SignalState.Blocked : signal.State)}";
        if (refusal is not null)
        {
            turn.Log(LogLevel.Warning, $"{signal.System} {signal.Epic}: {decision.Action} on frame {frame.Frame.UnixSeconds} is not carried out: {refusal}");
            return;
        }

        SystemCalls.Remember(turn, title, decision.Action, frame.TimeNow);
        OrderMaking.Make(turn, intent, OrderAuthorType.System, signal, frame.Frame.UnixSeconds, onFilled: onFilled);
    }

    /// <summary>What an action means for the position there is: null when nothing is to be done.</summary>
    private static (TradeIntent Intent, TradeIntent? OnFilled)? Intend(Turn turn, Signal signal, in SystemDecision decision)
    {
        var epic = signal.Epic;
        var qty = turn.State.Positions.GetValueOrDefault(epic)?.Qty ?? 0;
        switch (decision.Action)
        {
            case SystemAction.Flat or SystemAction.StopRequested:
                var closing = Math.Abs(qty) - (decision.Action == SystemAction.Flat ? decision.Quantity : 0);
                return closing > 0 ? (Close(epic, qty, closing), null) : null;
            case SystemAction.Buy or SystemAction.Sell when decision.Quantity > 0:
                var side = decision.Action == SystemAction.Buy ? OrderOpType.Buy : OrderOpType.Sell;
                var open = new TradeIntent(epic, OrderAction.OpenPosition, side, decision.Quantity, decision.StopPrice, decision.LimitPrice) { Evidence = decision.Evidence };
                var isReversal = decision.Action == SystemAction.Buy ? qty < 0 : qty > 0;
                return isReversal ? (Close(epic, qty, Math.Abs(qty)) with { Evidence = decision.Evidence }, open) : (open, null);
            default:
                return null;
        }
    }

    private static TradeIntent Close(string epic, decimal position, decimal qty) =>
        new(epic, OrderAction.ClosePosition, position > 0 ? OrderOpType.Sell : OrderOpType.Buy, qty);
}
