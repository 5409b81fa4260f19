using MaoTrade.Engine.Brokers.Matching;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>Takes orders, changes and cancels: validates, stores, writes the ledger and emits the events.</summary>
internal sealed class PaperOrders(PaperBook book, PaperStore store, PaperStreams streams)
{
    public OrderAnswer Submit(PaperAccount account, OrderTicket ticket)
    {
        if (Unfit(ticket.DealReference, ticket.Epic) is { } unfit)
        {
            return unfit;
        }

        if (book.Options.Dedupe && Find(account, ticket.DealReference) is { } first)
        {
            return first.Answer;
        }

        var stream = streams.Of(account, ticket.Epic);
        if (stream is not null)
        {
            stream.Ordinal++;
            book.Step.Streams.Add(stream);
        }

        var number = book.NextDeal(account);
        var order = new PaperOrder(account, number, book.DealId(account, number), ticket)
        {
            AfterBar = stream?.Bars ?? 0,
            At = book.Clock.GetUtcNow(),
        };
        book.Write(order, "received", stream);
        order = Decide(order, stream);
        book.Put(order);
        if (order.State == LookUpKind.Rejected)
        {
            book.Write(order, "rejected", stream);
            book.Emit(account, stream, id => new OrderRejectedEvent(id, ticket.DealReference, order.ErrorCode, order.Message));
        }
        else
        {
            book.Write(order, "accepted", stream);
            book.Emit(account, stream, id => new OrderAcceptedEvent(id, ticket.DealReference, order.DealId));
        }

        return order.Answer;
    }

    public OrderAnswer Modify(PaperAccount account, string reference, string epic, decimal? stopPrice, decimal? limitPrice)
    {
        if (Unfit(reference, epic) is { } unfit)
        {
            return unfit;
        }

        var first = Find(account, reference);
        if (book.Options.Dedupe && first?.Ticket.Action == OrderAction.ModifyPosition)
        {
            return first.Answer;
        }

        var ticket = new OrderTicket(
            reference, epic, OrderAction.ModifyPosition, OrderOpType.NoOp, OrderType.Market, 0, null, stopPrice, limitPrice);
        var stream = streams.Of(account, epic);
        var number = book.NextDeal(account);
        var order = new PaperOrder(account, number, book.DealId(account, number), ticket) { At = book.Clock.GetUtcNow() };
        book.Write(order, "received", stream);
        account.Positions.TryGetValue(epic, out var position);
        order = (stream, position) switch
        {
            (null, _) => Refused(order, PaperErrors.UnknownEpic, $"unknown epic {epic}"),
            (_, null) => Refused(order, PaperErrors.NoPosition, $"no open position in {epic}"),
            _ when stopPrice <= 0 || limitPrice <= 0 => Refused(order, PaperErrors.Invalid, "stop and limit must be above 0"),
            _ => order with { State = LookUpKind.Filled },
        };
        book.Put(order);
        if (order.State == LookUpKind.Rejected)
        {
            book.Write(order, "rejected", stream);
            return order.Answer;
        }

        book.Put(account, epic, position! with
        {
            StopPrice = stopPrice,
            LimitPrice = limitPrice,
            ArmedFromBar = stream!.Opened && !stream.Worked ? stream.Bars + 1 : position.ArmedFromBar,
        });
        book.Write(order, "accepted", stream);
        return order.Answer;
    }

    public OrderAnswer Cancel(PaperAccount account, string reference)
    {
        if (account.Working.FindLast(order => order.Ticket.DealReference == reference) is { } working)
        {
            Cancel(working, "cancelled on request");
            return working.Answer;
        }

        return Find(account, reference) switch
        {
            null => new OrderAnswer(OrderAnswerKind.Rejected, null, PaperErrors.UnknownReference, $"unknown reference {reference}"),
            { State: LookUpKind.Cancelled } done => done.Answer,
            { } other => new OrderAnswer(
                OrderAnswerKind.Rejected, other.DealId, PaperErrors.NotWorking, "the order no longer waits"),
        };
    }

    /// <summary>Ends a working order without a fill.</summary>
    public void Cancel(PaperOrder order, string message)
    {
        var stream = streams.Of(order.Account, order.Ticket.Epic);
        book.Put(order with { State = LookUpKind.Cancelled, Margin = 0, Message = message });
        book.Write(order, "cancelled", stream);
        book.Emit(order.Account, stream, id => new OrderCancelledEvent(id, order.Ticket.DealReference, message));
    }

    /// <summary>The last order of a reference, also one of the step under way.</summary>
    public PaperOrder? Find(PaperAccount account, string reference)
    {
        PaperOrder? last = null;
        foreach (var order in book.Step.Orders.Values)
        {
            if (order.Account == account && order.Ticket.DealReference == reference && order.Number > (last?.Number ?? 0))
            {
                last = order;
            }
        }

        return last ?? account.Working.FindLast(order => order.Ticket.DealReference == reference) ?? store.FindOrder(account, reference);
    }

    /// <summary>Names of any length are neither stored nor written to the ledger.</summary>
    private static OrderAnswer? Unfit(string reference, string epic) =>
        reference.Length is 0 or > PaperLimits.ReferenceChars || epic.Length is 0 or > PaperLimits.EpicChars
            ? new OrderAnswer(
                OrderAnswerKind.Rejected, null, PaperErrors.Invalid,
                $"the reference must have 1 to {PaperLimits.ReferenceChars} characters and the epic 1 to {PaperLimits.EpicChars}")
            : null;

    private PaperOrder Decide(PaperOrder order, PaperStream? stream)
    {
        var ticket = order.Ticket;
        if (TicketRules.Malformed(ticket) is { } malformed)
        {
            return Refused(order, PaperErrors.Invalid, malformed);
        }

        if (stream is null)
        {
            return Refused(order, PaperErrors.UnknownEpic, $"unknown epic {ticket.Epic}");
        }

        if (order.Account.Working.Count >= PaperLimits.WorkingOrders)
        {
            return Refused(order, PaperErrors.TooMany, $"{PaperLimits.WorkingOrders} orders are waiting");
        }

        if (book.Options.Fault.Reject > 0
            && PaperHash.Share($"{book.Options.Seed}/{order.Account.Id}/{ticket.Epic}/{stream.Ordinal}") < book.Options.Fault.Reject)
        {
            return Refused(order, PaperErrors.Fault, "refused at random");
        }

        return ticket.Action == OrderAction.ClosePosition ? DecideClose(order) : DecideOpen(order, stream);
    }

    private static PaperOrder DecideClose(PaperOrder order)
    {
        var ticket = order.Ticket;
        var held = order.Account.Positions.TryGetValue(ticket.Epic, out var position) ? position.Qty : 0;
        var closing = order.Account.Working
            .Where(o => o.Ticket.Epic == ticket.Epic && o.Ticket is { Action: OrderAction.ClosePosition, OrderType: OrderType.Market })
            .Sum(o => o.Ticket.Qty);
        return TicketRules.Unclosable(ticket, held, closing) is { } refusal ? Refused(order, PaperErrors.NoPosition, refusal) : order;
    }

    private PaperOrder DecideOpen(PaperOrder order, PaperStream stream)
    {
        var account = order.Account;
        var held = account.Positions.TryGetValue(stream.Epic, out var position) ? position.Qty : 0;
        var coming = held + account.Working.Where(o => o.Ticket.Epic == stream.Epic).Sum(o => o.SignedQty);
        var more = Math.Max(0, Math.Abs(coming + order.SignedQty) - Math.Abs(coming));
        var margin = more * ReferencePrice(order.Ticket, stream) * book.Options.MarginRate;
        var free = PaperFigures.FreeMargin(account, book.Options);
        return margin > free
            ? Refused(order, PaperErrors.Margin, $"the order needs {margin:0.##} of margin and {free:0.##} is free")
            : order with { Margin = margin };
    }

    private decimal ReferencePrice(OrderTicket ticket, PaperStream stream)
    {
        if (ticket.Price is { } price)
        {
            return price;
        }

        if ((ticket.OpType == OrderOpType.Buy ? stream.LastAsk : stream.LastBid) is { } last)
        {
            return last;
        }

        return stream.Instrument.TryCandle(stream.Next, stream.TimeFrameSeconds, out var first)
            ? CandleSides.Of(first, book.Options.Spread ?? stream.Instrument.Spread).At(ticket.OpType).Open
            : 0;
    }

    private static PaperOrder Refused(PaperOrder order, int code, string message) =>
        order with { State = LookUpKind.Rejected, ErrorCode = code, Message = message };
}
