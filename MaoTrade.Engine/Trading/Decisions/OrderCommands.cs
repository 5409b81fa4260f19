using System.Buffers;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>Orders by hand: srvId 1 and 2. The answer is the order as committed, not its fill.</summary>
internal static class OrderCommands
{
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static ServiceReply Open(Turn turn, OpenPositionCommand command, Order? earlier)
    {
        if (Fault(command) is { } fault)
        {
            return fault;
        }

        var intent = OrderMaking.OnSteps(turn, new TradeIntent(
            command.Epic, OrderAction.OpenPosition, command.OpType, command.Qty, command.StopPrice, command.LimitPrice)
        {
            OrderType = command.OrderType,
            Price = command.Price,
        });
        return Repeated(turn, command.ClientOrderId, earlier, order => SameContent(order, intent)) ?? Make(turn, intent, command.ClientOrderId);
    }

    public static ServiceReply Close(Turn turn, ClosePositionCommand command, Order? earlier)
    {
        if (ClientOrderIdFault(command.ClientOrderId) is { } fault)
        {
            return fault;
        }

        if (command.Qty <= 0)
        {
            return CommandReplies.Malformed("qty", "a number above 0, or left out to close everything");
        }

        var repeated = Repeated(
            turn, command.ClientOrderId, earlier,
            order => order.Epic == command.Epic && order.Action == OrderAction.ClosePosition && (command.Qty is null || order.Qty == command.Qty));
        if (repeated is not null)
        {
            return repeated.Value;
        }

        if (turn.State.Positions.GetValueOrDefault(command.Epic) is not { } position)
        {
            return ServiceReply.Failure(ReplyCode.NotFound, $"epic: there is no open position in {command.Epic}");
        }

        var closing = turn.State.OpenOrdersOf(command.Epic).Where(o => o.Action == OrderAction.ClosePosition).Sum(o => o.Qty - o.Filled);
        var open = Math.Abs(position.Qty) - closing;
        if (open <= 0 || command.Qty > open)
        {
            return ServiceReply.Failure(ReplyCode.Conflict, $"qty: {Math.Max(0, open)} of {command.Epic} can still be closed");
        }

        var side = position.Qty > 0 ? OrderOpType.Sell : OrderOpType.Buy;
        return Make(turn, new TradeIntent(command.Epic, OrderAction.ClosePosition, side, command.Qty ?? open), command.ClientOrderId);
    }

    public static ServiceReply Make(Turn turn, TradeIntent intent, string? clientOrderId)
    {
        if (OrderMaking.Refuse(turn, intent, byHand: true) is { } refusal)
        {
            return ServiceReply.Failure(ReplyCode.RiskRefused, refusal);
        }

        var order = OrderMaking.Make(turn, intent, OrderAuthorType.User, null, turn.State.Frame, clientOrderId);
        return CommandReplies.Ok(new OrderReply(order, false), CommandJson.Default.OrderReply);
    }

    /// <summary>Same id, same content: the order as it stands now. Same id, other content: a conflict.</summary>
    public static ServiceReply? Repeated(Turn turn, string? clientOrderId, Order? earlier, Func<Order, bool> isSame)
    {
        if (clientOrderId is null)
        {
            return null;
        }

        var known = turn.State.ByClientId.TryGetValue(clientOrderId, out var id) ? turn.State.Orders[id] : earlier;
        if (known is null)
        {
            return null;
        }

        return isSame(known)
            ? CommandReplies.Ok(new OrderReply(known, true), CommandJson.Default.OrderReply)
            : ServiceReply.Failure(ReplyCode.Conflict, $"clientOrderId: {clientOrderId} belongs to another order");
    }

    private static bool SameContent(Order order, TradeIntent intent) =>
        order.Epic == intent.Epic && order.Action == intent.Action && order.OpType == intent.OpType
        && order.OrderType == intent.OrderType && order.Qty == intent.Qty && order.Price == intent.Price
        && order.StopPrice == intent.StopPrice && order.LimitPrice == intent.LimitPrice;

    private static ServiceReply? Fault(OpenPositionCommand command)
    {
        if (command.OpType is not (OrderOpType.Buy or OrderOpType.Sell))
        {
            return CommandReplies.Malformed("opType", "1 (buy) or 2 (sell)");
        }

        if (!Enum.IsDefined(command.OrderType))
        {
            return CommandReplies.Malformed("orderType", "0 (market), 1 (limit) or 2 (stop)");
        }

        if (command.Qty <= 0)
        {
            return CommandReplies.Malformed("qty", "a number above 0");
        }

        if (command.OrderType == OrderType.Market != command.Price is null)
        {
            return CommandReplies.Malformed("price", "given for limit and stop orders, left out for market orders");
        }

        foreach (var (field, price) in new[] { ("price", command.Price), ("stopPrice", command.StopPrice), ("limitPrice", command.LimitPrice) })
        {
            if (price <= 0)
            {
                return CommandReplies.Malformed(field, "a price above 0");
            }
        }

        return command.Epic.Length is 0 or > 64
            ? CommandReplies.Malformed("epic", "1 to 64 characters")
            : ClientOrderIdFault(command.ClientOrderId);
    }

    public static ServiceReply? ClientOrderIdFault(string? clientOrderId) =>
        clientOrderId is null || (clientOrderId.Length is > 0 and <= 64 && !clientOrderId.AsSpan().ContainsAnyExcept(IdCharacters))
            ? null
            : CommandReplies.Malformed("clientOrderId", "1 to 64 of A–Z, a–z, 0–9, _ and -");
}
