using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>An order of an account as it is stored.</summary>
internal sealed record PaperOrder(PaperAccount Account, long Number, string DealId, OrderTicket Ticket)
{
    public LookUpKind State { get; init; } = LookUpKind.Open;

    /// <summary>Margin kept for it while it works.</summary>
    public decimal Margin { get; init; }

    /// <summary>Bars opened when it came: only later ones fill it.</summary>
    public long AfterBar { get; init; }

    /// <summary>When it was accepted or refused, wall time.</summary>
    public DateTimeOffset At { get; init; }

    public int ErrorCode { get; init; }

    public string Message { get; init; } = "";

    public decimal SignedQty => Ticket.OpType == OrderOpType.Buy ? Ticket.Qty : -Ticket.Qty;

    public OrderAnswer Answer => State == LookUpKind.Rejected
        ? new OrderAnswer(OrderAnswerKind.Rejected, null, ErrorCode, Message)
        : new OrderAnswer(OrderAnswerKind.Accepted, DealId, 0, "");
}
