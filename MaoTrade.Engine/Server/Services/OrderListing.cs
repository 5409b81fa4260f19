using System.Globalization;
using System.Text.Json;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>
/// srvId 11: orders made in [from, to), oldest first, page by page. From memory where memory reaches back far enough,
/// else from the store; with the store away, what memory holds.
/// </summary>
public sealed class OrderListing(EngineStores stores)
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 200;

    internal ServiceReply List(TradingState state, ListOrdersCommand command)
    {
        var limit = command.Limit ?? DefaultLimit;
        if (limit is < 1 or > MostLimit)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, $"limit: 1 to {MostLimit.ToString(CultureInfo.InvariantCulture)}");
        }

        if (command.From > command.To)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, "to: not before from");
        }

        var page = ReachesBack(state, command) ? null : stores.Current?.ListOrders(command.From, command.To, command.Cursor, limit + 1);
        page ??= [.. InMemory(state, command).Take(limit + 1)];
        var cursor = page.Count > limit ? page[limit - 1].OrderId : null;
        return ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(
            new OrdersReply([.. page.Take(limit)], cursor), CommandJson.Default.OrdersReply));
    }

    private static IEnumerable<Order> InMemory(TradingState state, ListOrdersCommand command) =>
        state.Orders.Values
            .SkipWhile(order => command.Cursor is { } cursor && string.CompareOrdinal(order.OrderId, cursor) <= 0)
            .Where(order => !(order.Created < command.From) && !(order.Created >= command.To));

    private static bool ReachesBack(TradingState state, ListOrdersCommand command) =>
        state.HoldsAllOrders
        || (command.Cursor is { } cursor && string.CompareOrdinal(cursor, state.Orders.Keys.First()) >= 0)
        || (command.From is { } from && from > state.Orders.Values.First().Created);
}
