using System.Text.Json;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Results;
using MaoTrade.Engine.Trading.Sessions;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>srvId 15: what the account, a system of it or a signal brought in a period, from the store and the day that runs.</summary>
public sealed class ResultListing(string accountId, TimeZoneInfo zone, EngineStores stores, TimeProvider time)
{
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
        var calendar = new TradingCalendar(zone);
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
        var trades = data.TradesOf(period.From, DateTimeOffset.MaxValue, command.System, command.SignalId);
        var result = command.System is null && command.SignalId is null
            ? AccountResult.OfAccount(equity, trades, at => calendar.DayOf(at, clean))
            : AccountResult.OfTrades(equity, trades, at => calendar.DayOf(at, clean));
        var reply = new PerformanceReply(
            accountId, command.Period, period.From, period.To, state.Account?.Currency ?? "", result.Figures(), result.Days);
        return ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(reply, CommandJson.Default.PerformanceReply));
    }
}
