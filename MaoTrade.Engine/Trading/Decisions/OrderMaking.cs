using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>From an intent to a stored order, or to a refusal that says why.</summary>
public static class OrderMaking
{
    /// <summary>Why an intent may not become an order, or null.</summary>
    public static string? Refuse(Turn turn, TradeIntent intent)
    {
        if (turn.State.Blocked)
        {
            return "killSwitch: the account is blocked";
        }

        if (!turn.State.Config.TradingEnabled)
        {
            return "tradingEnabled: trading is switched off for this account";
        }

        return OutsideSymbol(turn, intent) ?? RiskGate.Refuse(intent, turn.State.Config.Risk, () => View(turn, intent));
    }

    /// <summary>Stores the intent as an order that leaves after the commit.</summary>
    public static Order Make(
        Turn turn, TradeIntent intent, OrderAuthorType author, Signal? signal, long frame,
        string? clientOrderId = null, TradeIntent? onFilled = null)
    {
        var order = new Order
        {
            OrderId = turn.References.Next(),
            ClientOrderId = clientOrderId,
            DealReference = turn.References.Next(),
            SignalId = signal?.SignalId,
            System = signal?.System ?? "",
            Epic = intent.Epic,
            Action = intent.Action,
            OpType = intent.OpType,
            OrderType = intent.OrderType,
            Qty = intent.Qty,
            Price = intent.Price,
            StopPrice = intent.StopPrice,
            LimitPrice = intent.LimitPrice,
            AuthorType = author,
            Frame = frame,
            Created = turn.Now,
            Modified = turn.Now,
            Changes = [new OrderChange(turn.Now, OrderExecState.JustCreated, DealStatus.NotSubmitted, "")],
            OnFilled = onFilled,
        };
        turn.Put(order);
        turn.Watch.Begin(order);
        turn.Effects.Add(new DispatchEffect(order.OrderId));
        turn.Log(
            LogLevel.Information,
            $"Order {order.OrderId} {order.Action} {order.OpType} {order.Qty} {order.Epic} decided on frame {frame}, stop {order.StopPrice?.ToString() ?? "none"}, reference {order.DealReference}");
        return order;
    }

    private static string? OutsideSymbol(Turn turn, TradeIntent intent)
    {
        if (!turn.Rules.Symbols.TryGetValue(intent.Epic, out var symbol) || intent.Action == OrderAction.ClosePosition)
        {
            return null;
        }

        if (intent.Qty < symbol.MinQty || intent.Qty > symbol.MaxQty)
        {
            return $"symbol: quantity {intent.Qty} of {intent.Epic} is outside {symbol.MinQty ?? 0}–{symbol.MaxQty?.ToString() ?? "unbounded"}";
        }

        return symbol.QtyStep is > 0 && intent.Qty % symbol.QtyStep.Value != 0
            ? $"symbol: quantity {intent.Qty} of {intent.Epic} is no multiple of {symbol.QtyStep}"
            : null;
    }

    private static RiskView View(Turn turn, TradeIntent intent)
    {
        var state = turn.State;
        var working = state.OpenOrders.Select(id => state.Orders[id]).ToArray();
        var qty = (state.Positions.GetValueOrDefault(intent.Epic)?.Qty ?? 0)
            + working.Where(o => o.Epic == intent.Epic).Sum(o => (o.OpType == OrderOpType.Buy ? 1 : -1) * (o.Qty - o.Filled));
        var epics = state.Positions.Keys.Union(working.Where(o => o.Action == OrderAction.OpenPosition).Select(o => o.Epic)).Count();
        var minuteAgo = turn.Now - TimeSpan.FromMinutes(1);
        var recent = state.Orders.Reverse().TakeWhile(o => o.Value.Created > minuteAgo).Count();
        var local = TimeZoneInfo.ConvertTime(state.MarketTime, turn.Rules.Zone);
        return new RiskView(
            qty, epics, recent, turn.Tools.Prices.TryGetValue(intent.Epic, out var price) ? price : null, state.Account?.Equity,
            state.Equity?.Start, state.Equity?.Peak, TimeOnly.FromDateTime(local.DateTime));
    }
}
