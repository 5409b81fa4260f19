namespace MaoTrade.Engine.Orders;

/// <summary>
/// The life of an order as a table: every state × event has a verdict, nothing is decided anywhere else.
/// Facts told by the broker (accepted, filled) win over what we believed; silence never ends an order.
/// </summary>
public static class OrderTransitions
{
    /// <summary>By state and event, as they are numbered.</summary>
    private static readonly OrderVerdict[][] Table = Build();

    /// <summary>The verdict for an event in a state. Pure; defined for every pair.</summary>
    public static OrderVerdict Decide(OrderExecState state, OrderEvent @event) => Table[(int)state][(int)@event];

    private static OrderVerdict[][] Build()
    {
        var intent = OrderVerdict.To(OrderExecState.JustCreated, DealStatus.NotSubmitted);
        var delayed = OrderVerdict.To(OrderExecState.JustCreated, DealStatus.Delayed);
        var submitting = OrderVerdict.To(OrderExecState.Submitted, DealStatus.Submitting);
        var accepted = OrderVerdict.To(OrderExecState.Accepted, DealStatus.Executing);
        var filled = OrderVerdict.To(OrderExecState.Filled, DealStatus.Executing);
        var refused = OrderVerdict.To(OrderExecState.Error, DealStatus.Rejected);
        var cancelled = OrderVerdict.To(OrderExecState.Cancelled, DealStatus.ToTrash);
        var unknown = OrderVerdict.To(OrderExecState.Unknown, DealStatus.Unknown);
        var keep = OrderVerdict.Keep;
        var clash = OrderVerdict.Clash;

        // Columns in the order of OrderEvent:
        // Dispatched, Accepted, Refused, NotSent, AnswerLost, PartFilled, Filled, Cancelled, Withdrawn, Expired,
        // CancelWanted, CancelRefused, ProvenAbsent
        var rows = new Dictionary<OrderExecState, OrderVerdict[]>
        {
            [OrderExecState.JustCreated] =
                [submitting, accepted, refused, keep, keep, accepted, filled, cancelled, cancelled, refused, cancelled, keep, keep],
            [OrderExecState.Submitted] =
                [clash, accepted, refused, delayed, unknown, accepted, filled, cancelled, keep, keep, submitting, keep, clash],
            [OrderExecState.Accepted] =
                [clash, keep, refused, keep, keep, accepted, filled, cancelled, keep, keep, accepted, accepted, clash],
            [OrderExecState.Filled] =
                [clash, keep, clash, keep, keep, clash, clash, keep, keep, keep, keep, keep, clash],
            [OrderExecState.Error] =
                [clash, clash, keep, keep, keep, accepted, filled, keep, keep, keep, keep, keep, keep],
            [OrderExecState.Cancelled] =
                [clash, clash, keep, keep, keep, accepted, filled, keep, keep, keep, keep, keep, keep],
            [OrderExecState.Unknown] =
                [clash, accepted, refused, keep, keep, accepted, filled, cancelled, keep, keep, unknown, keep, intent],
        };
        return [.. Enum.GetValues<OrderExecState>().Select(state => rows[state])];
    }
}
