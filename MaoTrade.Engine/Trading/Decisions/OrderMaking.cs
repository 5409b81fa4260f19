using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Orders.Risk;
using MaoTrade.Engine.Trading.Signals;

namespace MaoTrade.Engine.Trading.Decisions;

/// <summary>From an intent to a stored order, or to a refusal that says why.</summary>
public static class OrderMaking
{
    /// <summary>Why an intent may not become an order, or null. A person may always close.</summary>
    public static string? Refuse(Turn turn, TradeIntent intent, bool byHand = false)
    {
        var refusal = Look(turn, intent, byHand);
        if (refusal is not null)
        {
            var limit = refusal.IndexOf(':') is > 0 and var end ? refusal[..end] : refusal;
            turn.Tools.Refusals[limit] = turn.Tools.Refusals.GetValueOrDefault(limit) + 1;
        }

        return refusal;
    }

    /// <summary>The intent with its prices on the symbol's steps.</summary>
    public static TradeIntent OnSteps(Turn turn, TradeIntent intent) =>
        turn.Rules.Symbols.TryGetValue(intent.Epic, out var symbol) && symbol.PriceStep is { } step and > 0
            ? intent with
            {
                Price = Step(intent.Price, step),
                StopPrice = Step(intent.StopPrice, step),
                LimitPrice = Step(intent.LimitPrice, step),
            }
            : intent;

    /// <summary>Stores the intent as an order that leaves after the commit.</summary>
    public static Order Make(
        Turn turn, TradeIntent intent, OrderAuthorType author, Signal? signal, long frame,
        string? clientOrderId = null, TradeIntent? onFilled = null, string note = "")
    {
        intent = OnSteps(turn, intent);
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
            Changes = [new OrderChange(turn.Now, OrderExecState.JustCreated, DealStatus.NotSubmitted, note)],
            OnFilled = onFilled,
            Evidence = intent.Evidence,
        };
        turn.Put(order);
        turn.Watch.Begin(order);
        turn.Watch.CountMade(order);
        turn.Effects.Add(new DispatchEffect(order.OrderId));
        turn.Log(
            LogLevel.Information,
            $"Order {order.OrderId} {order.Action} {order.OpType} {order.Qty} {order.Epic} decided on frame {frame}, stop {order.StopPrice?.ToString() ?? "none"}, reference {order.DealReference}");
        return order;
    }

    private static string? Look(Turn turn, TradeIntent intent, bool byHand)
    {
        var closes = intent.Action == OrderAction.ClosePosition;
        if (turn.State.Blocked && !closes)
        {
            return $"killSwitch: the account is blocked: {turn.State.BlockReason}";
        }

        if (!turn.State.Config.TradingEnabled && !(closes && byHand))
        {
            return "tradingEnabled: trading is switched off for this account";
        }

        return OutsideSymbol(turn, intent) ?? RiskGate.Refuse(intent, turn.State.Config.Risk, () => View(turn, intent));
    }

    private static string? OutsideSymbol(Turn turn, TradeIntent intent)
    {
        if (!turn.Rules.Symbols.TryGetValue(intent.Epic, out var symbol) || intent.Action != OrderAction.OpenPosition)
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
            + working.Where(o => o.Epic == intent.Epic && o.OpType == intent.OpType).Sum(o => o.SignedRemainder);
        var others = state.Positions.Keys
            .Union(working.Where(o => o.Action == OrderAction.OpenPosition).Select(o => o.Epic))
            .Count(epic => epic != intent.Epic);
        TimeOnly? local = state.MarketTime == default
            ? null
            : TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(state.MarketTime, turn.Rules.Zone).DateTime);
        var price = turn.Tools.Prices.TryGetValue(intent.Epic, out var last) ? last : state.Positions.GetValueOrDefault(intent.Epic)?.LastPrice;
        return new RiskView(
            qty, others, turn.Watch.MadeLastMinute, price, state.Account?.Equity, state.Equity?.Start, state.Equity?.Peak, local,
            state.StaleEpics.Contains(intent.Epic));
    }

    private static decimal? Step(decimal? price, decimal step) =>
        price is { } exact ? Math.Round(exact / step, MidpointRounding.AwayFromZero) * step : null;
}
