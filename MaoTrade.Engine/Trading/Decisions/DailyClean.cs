using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Figures;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// The end of a trading day, by market time and once for each day, also when the engine was down: signals that are over
/// leave with what they stored, and the day's equity begins anew.
/// </summary>
public static class DailyClean
{
    /// <summary>Cleans when a trading day is over.</summary>
    public static void Look(Turn turn)
    {
        var state = turn.State;
        if (state.MarketTime == default || state.Stage != EngineStage.Ready)
        {
            return;
        }

        var now = turn.MarketNow;
        var day = turn.Tools.Calendar.DayOf(now, state.Config.DailyCleanTime);
        if (state.TradingDay is null)
        {
            turn.PutAccount(state with { TradingDay = day });
        }
        else if (day > state.TradingDay)
        {
            Clean(turn, state.TradingDay.Value, day, now);
        }
    }

    private static void Clean(Turn turn, DateOnly ended, DateOnly day, DateTimeOffset now)
    {
        Reports.DayEnded(turn, ended);
        var over = turn.State.Signals.Values.Where(signal => IsOver(signal, now)).ToArray();
        var removed = over.Where(signal => !IsHeld(turn.State, signal)).ToArray();
        foreach (var signal in removed)
        {
            Remove(turn, signal);
        }

        var state = turn.State;
        if (state.Account is { } account)
        {
            turn.EndDay(state.Equity);
            state = state with { Equity = EquityDay.Begin(day, account.Equity) };
        }

        turn.PutAccount(state with { TradingDay = day });
        var names = removed.Length == 0 ? "none" : string.Join(", ", removed.Select(signal => $"{signal.SignalId} ({signal.System} on {signal.Epic})"));
        turn.Log(
            LogLevel.Information,
            $"Daily clean of {ended:yyyy-MM-dd}: signals removed: {names}; {over.Length - removed.Length} wait for their orders or positions");
    }

    /// <summary>Completed, or at its end; without an end a signal stays.</summary>
    private static bool IsOver(Signal signal, DateTimeOffset now) =>
        signal.State == SignalState.Completed || signal.EndTrade <= now.ToUnixTimeSeconds();

    /// <summary>An open position needs the prices of its epic: its signal stays until it is closed.</summary>
    private static bool IsHeld(TradingState state, Signal signal) =>
        SessionDecisions.HasOrderOnItsWay(state, signal) || state.Positions.ContainsKey(signal.Epic);

    private static void Remove(Turn turn, Signal signal)
    {
        turn.Remove(signal);
        turn.Changes.DroppedFrames.Add(signal.SignalId);
        turn.Titles.Waiting.Remove(signal.SignalId);
        if (turn.Titles.Find(signal.Epic) is { } title && title.SignalId == signal.SignalId)
        {
            FeedDecisions.Close(turn, title);
        }
    }
}
