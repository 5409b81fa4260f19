using System.Globalization;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Changes of the account's configuration: srvId 5.</summary>
internal static class AccountCommands
{
    public static ServiceReply Update(Turn turn, UpdateAccountCommand command)
    {
        var config = turn.State.Config;
        if (command.Version != config.Version)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"version: the configuration is at version {config.Version}, not {command.Version}");
        }

        if (command.DailyCleanTime is { } clean && !IsTime(clean))
        {
            return CommandReplies.Malformed("dailyCleanTime", "a time HH:mm");
        }

        if (command.Risk is { } risk && Fault(risk) is { } fault)
        {
            return fault;
        }

        var changed = new AccountConfig(
            command.TradingEnabled ?? config.TradingEnabled, command.DailyCleanTime ?? config.DailyCleanTime,
            command.Risk ?? config.Risk, config.Version + 1);
        turn.PutAccount(turn.State with { Config = changed });
        turn.Log(LogLevel.Information, $"Configuration changed to version {changed.Version}");
        return CommandReplies.Ok(new ConfigReply(changed), CommandJson.Default.ConfigReply);
    }

    private static ServiceReply? Fault(RiskLimits risk)
    {
        foreach (var (field, limit) in new (string, decimal?)[]
        {
            ("risk.maxQty", risk.MaxQty), ("risk.maxOpenPositions", risk.MaxOpenPositions),
            ("risk.maxOrdersPerMinute", risk.MaxOrdersPerMinute), ("risk.maxDailyLoss", risk.MaxDailyLoss),
            ("risk.maxDrawdownPercent", risk.MaxDrawdownPercent), ("risk.maxTickDeviationPercent", risk.MaxTickDeviationPercent),
        })
        {
            if (limit < 0)
            {
                return CommandReplies.Malformed(field, "a number of at least 0, or null for no limit");
            }
        }

        if (risk.MaxQtyPerEpic?.Any(limit => limit.Value < 0) == true)
        {
            return CommandReplies.Malformed("risk.maxQtyPerEpic", "numbers of at least 0");
        }

        foreach (var (field, time) in new[] { ("risk.tradingFrom", risk.TradingFrom), ("risk.tradingTo", risk.TradingTo) })
        {
            if (time is not null && !IsTime(time))
            {
                return CommandReplies.Malformed(field, "a time HH:mm, or null");
            }
        }

        return null;
    }

    private static bool IsTime(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
