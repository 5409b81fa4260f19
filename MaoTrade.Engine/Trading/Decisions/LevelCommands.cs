using System.Text.Json;
using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>
/// Stop loss and take profit of an open position: srvId 12. The change is an order of its own with reference, attempts and
/// doubt; the position's levels change only when the broker's acceptance or its portfolio proves that they stand there.
/// </summary>
internal static class LevelCommands
{
    public static ServiceReply Modify(Turn turn, ModifyPositionCommand command, Order? earlier)
    {
        if (Fault(turn, command) is { } fault)
        {
            return fault;
        }

        var steps = OrderMaking.OnSteps(turn, new TradeIntent(command.Epic!, OrderAction.ModifyPosition, OrderOpType.NoOp, 0)
        {
            StopPrice = Level.Of(command.StopPrice).Price,
            LimitPrice = Level.Of(command.LimitPrice).Price,
        });
        var stop = Level.Of(command.StopPrice) with { Price = steps.StopPrice };
        var limit = Level.Of(command.LimitPrice) with { Price = steps.LimitPrice };
        var repeated = OrderCommands.Repeated(
            turn, command.ClientOrderId, earlier,
            order => order.Action == OrderAction.ModifyPosition && order.Epic == command.Epic
                && (!stop.Given || order.StopPrice == stop.Price) && (!limit.Given || order.LimitPrice == limit.Price));
        if (repeated is not null)
        {
            return repeated.Value;
        }

        if (turn.State.Positions.GetValueOrDefault(command.Epic!) is not { } position)
        {
            return ServiceReply.Failure(ReplyCode.NotFound, $"epic: there is no open position in {command.Epic}");
        }

        if (turn.State.OpenOrdersOf(position.Epic).FirstOrDefault(o => o.Action == OrderAction.ModifyPosition) is { } other)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"epic: order {other.OrderId} changes the levels of {position.Epic} already");
        }

        var intent = new TradeIntent(position.Epic, OrderAction.ModifyPosition, OrderOpType.NoOp, 0)
        {
            StopPrice = stop.Given ? stop.Price : position.StopPrice,
            LimitPrice = limit.Given ? limit.Price : position.LimitPrice,
        };
        return WrongSide(turn, position, stop, limit) ?? OrderCommands.Make(turn, intent, command.ClientOrderId);
    }

    /// <summary>The levels stand at the broker.</summary>
    public static void Apply(Turn turn, Order order, string? dealId)
    {
        var applied = turn.Step(order, OrderEvent.Filled, "the levels stand");
        if (ReferenceEquals(applied, order))
        {
            return;
        }

        turn.Put(applied with { DealId = dealId ?? order.DealId });
        turn.Log(LogLevel.Information, $"Order {order.OrderId}: stop {order.StopPrice?.ToString() ?? "none"}, limit {order.LimitPrice?.ToString() ?? "none"} of {order.Epic}");
        if (turn.State.Positions.GetValueOrDefault(order.Epic) is { } position)
        {
            turn.Put(order.Epic, position with { StopPrice = order.StopPrice, LimitPrice = order.LimitPrice });
        }
    }

    /// <summary>The broker's portfolio is a witness too: it shows the wanted levels, which are not the ones from before.</summary>
    public static void ApplyIfShown(Turn turn, Order order, BrokerPortfolio? portfolio)
    {
        if (order.Action == OrderAction.ModifyPosition
            && portfolio?.Positions.FirstOrDefault(p => p.Epic == order.Epic) is { } shown
            && shown.StopPrice == order.StopPrice && shown.LimitPrice == order.LimitPrice)
        {
            Apply(turn, order, null);
        }
    }

    private static ServiceReply? Fault(Turn turn, ModifyPositionCommand command)
    {
        if (command.OrderId is { } orderId)
        {
            return command.Epic is not null ? CommandReplies.Malformed("orderId", "either epic or orderId")
                : turn.State.Orders.ContainsKey(orderId)
                    ? ServiceReply.Failure(
                        ReplyCode.Conflict, "orderId: the broker cannot change the levels of a working order; cancel it and place another")
                    : ServiceReply.Failure(ReplyCode.NotFound, $"orderId: there is no order {orderId}");
        }

        if (command.Epic is not { Length: > 0 and <= 64 })
        {
            return CommandReplies.Malformed("epic", "1 to 64 characters");
        }

        foreach (var (field, value) in new[] { ("stopPrice", command.StopPrice), ("limitPrice", command.LimitPrice) })
        {
            if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
                && !(value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var price) && price > 0))
            {
                return CommandReplies.Malformed(field, "a price above 0, or null to take it away");
            }
        }

        return command.StopPrice.ValueKind == JsonValueKind.Undefined && command.LimitPrice.ValueKind == JsonValueKind.Undefined
            ? CommandReplies.Malformed("stopPrice", "stopPrice or limitPrice must be given")
            : OrderCommands.ClientOrderIdFault(command.ClientOrderId);
    }

    private static ServiceReply? WrongSide(Turn turn, Position position, Level stop, Level limit)
    {
        var last = turn.Tools.Prices.TryGetValue(position.Epic, out var price) ? price : position.LastPrice;
        var isLong = position.Qty > 0;
        if (stop.Price is { } stopPrice && (isLong ? stopPrice >= last : stopPrice <= last))
        {
            return CommandReplies.Malformed("stopPrice", $"{(isLong ? "below" : "above")} the last price {last}");
        }

        return limit.Price is { } limitPrice && (isLong ? limitPrice <= last : limitPrice >= last)
            ? CommandReplies.Malformed("limitPrice", $"{(isLong ? "above" : "below")} the last price {last}")
            : null;
    }

    /// <summary>A level of the command: left out, taken away (null), or set.</summary>
    private readonly record struct Level(bool Given, decimal? Price)
    {
        public static Level Of(JsonElement value) => new(
            value.ValueKind != JsonValueKind.Undefined, value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null);
    }
}
