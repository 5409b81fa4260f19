using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Orders;

/// <summary>An order of this account; on the wire in this shape (contract: Order).</summary>
public sealed record Order
{
    public required string OrderId { get; init; }

    public string? ClientOrderId { get; init; }

    public required string DealReference { get; init; }

    public string? DealId { get; init; }

    public string? SignalId { get; init; }

    public string System { get; init; } = "";

    public required string Epic { get; init; }

    public required OrderAction Action { get; init; }

    public required OrderOpType OpType { get; init; }

    public required OrderType OrderType { get; init; }

    public required decimal Qty { get; init; }

    public decimal? Price { get; init; }

    public decimal? StopPrice { get; init; }

    public decimal? LimitPrice { get; init; }

    public required OrderAuthorType AuthorType { get; init; }

    /// <summary>Start of the frame it was decided on, Unix seconds; 0 where no frame was.</summary>
    public long Frame { get; init; }

    public OrderExecState ExecState { get; init; }

    public DealStatus DealStatus { get; init; }

    public decimal Filled { get; init; }

    public decimal? AvgFillPrice { get; init; }

    public decimal? Pnl { get; init; }

    public int ErrorCode { get; init; }

    public string ErrorMessage { get; init; } = "";

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Modified { get; init; }

    /// <summary>What a model said when it wanted the order; absent where none was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderEvidence? Evidence { get; init; }

    public ImmutableArray<OrderChange> Changes { get; init; } = [];

    /// <summary>How often it was handed to the broker; stored before each attempt.</summary>
    [JsonIgnore]
    public int Attempt { get; init; }

    /// <summary>How often it was asked back from the broker; above 0 = its cancelling is wanted.</summary>
    [JsonIgnore]
    public int CancelAttempt { get; init; }

    /// <summary>Quantity an operator declared filled and no fill of the broker has confirmed yet.</summary>
    [JsonIgnore]
    public decimal AssumedQty { get; init; }

    /// <summary>What to do when this one is filled: the second half of a reversal.</summary>
    [JsonIgnore]
    public TradeIntent? OnFilled { get; init; }

    /// <summary>No event of ours is to come any more.</summary>
    [JsonIgnore]
    public bool IsEnded => ExecState is OrderExecState.Filled or OrderExecState.Error or OrderExecState.Cancelled;

    /// <summary>Sent or about to be sent, and the broker's answer is not known yet.</summary>
    [JsonIgnore]
    public bool IsUnanswered => ExecState is OrderExecState.JustCreated or OrderExecState.Submitted or OrderExecState.Unknown;

    /// <summary>What is still to be executed, signed: negative = selling.</summary>
    [JsonIgnore]
    public decimal SignedRemainder => (OpType == OrderOpType.Buy ? 1 : -1) * Math.Max(0, Qty - Filled);

    /// <summary>What is sent to the broker.</summary>
    public OrderTicket ToTicket() =>
        new(DealReference, Epic, Action, OpType, OrderType, Qty, Price, StopPrice, LimitPrice);

    /// <summary>The order after an event, with the step written down; itself where nothing changes.</summary>
    /// <param name="event">What happened.</param>
    /// <param name="now">Wall time, for the record.</param>
    /// <param name="note">For people.</param>
    /// <param name="latencyMs">Milliseconds since the step before, on the monotonic clock.</param>
    public Order After(OrderEvent @event, DateTimeOffset now, string note = "", double latencyMs = 0)
    {
        var verdict = OrderTransitions.Decide(ExecState, @event);
        return verdict.Kind != OrderVerdictKind.Change
            ? this
            : this with
            {
                ExecState = verdict.ExecState,
                DealStatus = verdict.DealStatus,
                Modified = now,
                Changes = Changes.Add(new OrderChange(now, verdict.ExecState, verdict.DealStatus, note) { LatencyMs = latencyMs }),
            };
    }
}
