using MaoTrade.Engine.Brokers.Matching;
using MaoTrade.Engine.Orders;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// What a bar does to the orders and the position of its epic: at its open the waiting market orders in the order of their
/// arrival; inside it stops before limits, the position's own before working orders.
/// </summary>
internal sealed class PaperMatching(PaperBook book, PaperOrders orders)
{
    public void Open(PaperStream stream, QuotedFrame candle)
    {
        stream.Bars++;
        stream.Opened = true;
        book.Step.Streams.Add(stream);
        var sides = SidesOf(stream, candle);
        stream.LastBid = sides.Bid.Open;
        stream.LastAsk = sides.Ask.Open;
        foreach (var order in Waiting(stream, OrderType.Market))
        {
            var price = PriceTrigger.Slipped(order.Ticket.OpType, sides.At(order.Ticket.OpType).Open, book.Options.Slippage);
            Fill(stream, order, price, candle.Frame.UnixSeconds, candle.Frame.UnixSeconds, stream.Bars);
        }
    }

    public void Inside(PaperStream stream, QuotedFrame candle)
    {
        var sides = SidesOf(stream, candle);
        CloseByBroker(stream, candle, sides, OrderType.Stop);
        FillWorking(stream, candle, sides, OrderType.Stop);
        CloseByBroker(stream, candle, sides, OrderType.Limit);
        FillWorking(stream, candle, sides, OrderType.Limit);
        stream.LastBid = sides.Bid.Close;
        stream.LastAsk = sides.Ask.Close;
        stream.Worked = true;
        book.Step.Streams.Add(stream);
        if (stream.Account.Positions.ContainsKey(stream.Epic))
        {
            book.Step.Figures.Add(stream.Account);
        }
    }

    private static List<PaperOrder> Waiting(PaperStream stream, OrderType type) => stream.Account.Working.Count == 0
        ? []
        : stream.Account.Working.FindAll(
            order => order.Ticket.OrderType == type && order.Ticket.Epic == stream.Epic && order.AfterBar < stream.Bars);

    private void FillWorking(PaperStream stream, QuotedFrame candle, CandleSides sides, OrderType type)
    {
        foreach (var order in Waiting(stream, type))
        {
            if (order.Ticket.Price is { } level && Reached(type, order.Ticket.OpType, level, sides) is { } price)
            {
                Fill(stream, order, price, candle.Frame.UnixSeconds, End(stream, candle), stream.Bars + 1);
            }
        }
    }

    private void CloseByBroker(PaperStream stream, QuotedFrame candle, CandleSides sides, OrderType type)
    {
        if (!stream.Account.Positions.TryGetValue(stream.Epic, out var position) || position.ArmedFromBar > stream.Bars)
        {
            return;
        }

        var opType = position.Qty > 0 ? OrderOpType.Sell : OrderOpType.Buy;
        if ((type == OrderType.Stop ? position.StopPrice : position.LimitPrice) is not { } level
            || Reached(type, opType, level, sides) is not { } price)
        {
            return;
        }

        var number = book.NextDeal(stream.Account);
        var ticket = new OrderTicket(
            book.OwnReference(stream.Account, number), stream.Epic, OrderAction.ClosePosition, opType, type,
            Math.Abs(position.Qty), level, null, null);
        Execute(
            stream, ticket, book.DealId(stream.Account, number), ticket.Qty, price, candle.Frame.UnixSeconds,
            End(stream, candle), stream.Bars, book.Clock.GetUtcNow());
    }

    private decimal? Reached(OrderType type, OrderOpType opType, decimal level, CandleSides sides) => type == OrderType.Stop
        ? PriceTrigger.Stop(opType, level, sides.At(opType)) is { } price ? PriceTrigger.Slipped(opType, price, book.Options.Slippage) : null
        : PriceTrigger.Limit(opType, level, sides.At(opType));

    private void Fill(PaperStream stream, PaperOrder order, decimal price, long frame, long at, long armedFromBar)
    {
        var qty = order.Ticket.Qty;
        if (order.Ticket.Action == OrderAction.ClosePosition)
        {
            var held = stream.Account.Positions.TryGetValue(stream.Epic, out var position) ? position.Qty : 0;
            qty = held * order.SignedQty < 0 ? Math.Min(qty, Math.Abs(held)) : 0;
        }

        if (qty > 0)
        {
            book.Put(order with { State = LookUpKind.Filled, Margin = 0 });
            Execute(stream, order.Ticket, order.DealId, qty, price, frame, at, armedFromBar, order.At + book.Options.LookUpLag);
        }
        else
        {
            orders.Cancel(order, "the position is closed already");
        }
    }

    private void Execute(
        PaperStream stream, OrderTicket ticket, string dealId, decimal qty, decimal price, long frame, long at,
        long armedFromBar, DateTimeOffset visibleAt)
    {
        var account = stream.Account;
        var marketTime = DateTimeOffset.FromUnixTimeSeconds(at);
        account.Positions.TryGetValue(stream.Epic, out var before);
        var signed = ticket.OpType == OrderOpType.Buy ? qty : -qty;
        var (held, average, pnl) = Netting.Join(before?.Qty ?? 0, before?.AvgPrice ?? 0, signed, price);
        account.Cash += pnl ?? 0;
        book.Put(account, stream.Epic, HeldPosition.After(before, ticket, dealId, held, average, armedFromBar, marketTime));
        var fill = new Fill(
            dealId + "-1", ticket.DealReference, dealId, stream.Epic, ticket.Action, ticket.OpType, ticket.OrderType, qty, price,
            pnl, frame, marketTime);
        book.Step.Accounts.Add(account);
        book.Step.Fills.Add(new PaperFillRow(account, account.NextFill++, fill, visibleAt));
        book.Write(
            account, "filled", frame, ticket.DealReference, stream.Epic, ticket.Action, ticket.OpType, ticket.OrderType, qty, price,
            ticket.StopPrice);
        book.Emit(account, stream, id => new FillEvent(id, fill));
    }

    private CandleSides SidesOf(PaperStream stream, QuotedFrame candle) =>
        CandleSides.Of(candle, book.Options.Spread ?? stream.Instrument.Spread);

    private static long End(PaperStream stream, QuotedFrame candle) => candle.Frame.UnixSeconds + stream.TimeFrameSeconds;
}
