using System.Text.Json;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Results;
using MaoTrade.Engine.Trading.Sessions;
using MaoTrade.Market.Figures;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>srvId 15: what the account, a system of it or a signal brought in a period, from the store and the day that runs.</summary>
public sealed class ResultListing(TradingRules rules, EngineStores stores, TimeProvider time)
{
    /// <summary>Trades a reply lists; they fit into one without a payload.</summary>
    private const int MostTrades = 500;

    internal ServiceReply List(TradingState state, PerformanceCommand command)
    {
        if (ResultPeriod.DaysOf(command.Period) is not { } days)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, "period: 1d, 7d, 30d, 90d or 1y is expected");
        }

        if (stores.Current?.ResultData is not { } data)
        {
            return ServiceReply.Failure(ReplyCode.NotReady, "the store does not answer");
        }

        // A calendar of its own: the trade loop's is not to be shared.
        var calendar = new TradingCalendar(rules.Zone);
        var clean = state.Config.DailyCleanTime;
        var now = state.MarketTime == default ? time.GetUtcNow() : state.MarketTime;
        var period = ResultPeriod.Until(now, days, calendar, clean);
        var equity = data.DaysFrom(period.First).ToList();
        if (state.Equity is { HasDate: true } running && running.Date >= period.First)
        {
            equity.RemoveAll(day => day.Date >= running.Date);
            equity.Add(running);
        }

        // The last event may be later than the market time the state knows.
        var stored = data.TradesOf(period.From, DateTimeOffset.MaxValue, command.System, command.SignalId);
        ClosedTrade[] trades = [.. stored.Select(trade => trade.WithFees(FeeRate(state, trade.Epic)))];
        var known = equity.Count > 0 ? calendar.BeginOf(equity[0].Date, clean) : period.To;
        var elapsed = period.To - known;
        var exposure = Exposure(state, command, stored, known, period.To);
        var result = command.System is null && command.SignalId is null
            ? AccountResult.OfAccount(equity, trades, elapsed, exposure, at => calendar.DayOf(at, clean))
            : AccountResult.OfTrades(equity, trades, elapsed, exposure, at => calendar.DayOf(at, clean));
        var reply = new PerformanceReply(
            rules.AccountId, command.Period, period.From, period.To, state.Account?.Currency ?? "", result.Figures(), result.Days)
        {
            Trades = command.Trades ? [.. stored.TakeLast(MostTrades).Select(trade => trade.Listed(FeeRate(state, trade.Epic)))] : null,
        };
        return ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(reply, CommandJson.Default.PerformanceReply));
    }

    /// <summary>What fills of an epic cost; not known either where its prices are of another currency than the account.</summary>
    private decimal? FeeRate(TradingState state, string epic) =>
        rules.Symbols.GetValueOrDefault(epic) is { FeeRate: { } rate } symbol
        && (rate == 0 || string.IsNullOrEmpty(symbol.Currency) || symbol.Currency == state.Account?.Currency)
            ? rate
            : null;

    /// <summary>Positions that were closed since, and those that are open; null where the entry of one is not known.</summary>
    private static double? Exposure(
        TradingState state, PerformanceCommand command, IReadOnlyList<StoredTrade> trades, DateTimeOffset from, DateTimeOffset to)
    {
        var open = state.Positions.Values
            .Where(position => (command.System is null || position.System == command.System) && (command.SignalId is null || position.SignalId == command.SignalId))
            .Select(position => new HeldSpan(position.OpenedAt, to));
        return trades.Any(trade => trade.Held is null) ? null : HeldSpan.Exposure([.. trades.Select(trade => trade.Held!.Value), .. open], from, to);
    }
}
