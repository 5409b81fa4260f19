namespace MaoTrade.Engine.Orders;

/// <summary>What can happen to an order; the columns of <see cref="OrderTransitions"/>.</summary>
public enum OrderEvent
{
    /// <summary>An attempt is recorded; its bytes leave after the commit.</summary>
    Dispatched,

    /// <summary>The broker took the order.</summary>
    Accepted,

    /// <summary>The broker refused the order: proof, not silence.</summary>
    Refused,

    /// <summary>The attempt ended before any byte could reach the broker.</summary>
    NotSent,

    /// <summary>The attempt ended without an answer: it may or may not have happened.</summary>
    AnswerLost,

    /// <summary>A part was executed.</summary>
    PartFilled,

    /// <summary>The rest was executed.</summary>
    Filled,

    /// <summary>The broker cancelled the order.</summary>
    Cancelled,

    /// <summary>Taken back by us before it ever left.</summary>
    Withdrawn,

    /// <summary>The submit deadline passed.</summary>
    Expired,

    /// <summary>Somebody wants it cancelled; what already left is asked back from the broker.</summary>
    CancelWanted,

    /// <summary>The broker does not give it back.</summary>
    CancelRefused,

    /// <summary>Look-up, history and position agree, after the look-up lag, that the broker never had it.</summary>
    ProvenAbsent,
}
