using MaoTrade.Engine.Orders;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers;

/// <summary>Something the broker said without being asked.</summary>
/// <param name="EventId">Identity for acknowledgement; null for what is not delivered again.</param>
public abstract record BrokerEvent(long? EventId);

/// <summary>The session stands; what was unacknowledged follows again.</summary>
public sealed record BrokerConnected() : BrokerEvent((long?)null);

/// <summary>The session is lost.</summary>
/// <param name="ForGood">True when no further try follows (code 1), false while reconnecting (code 2).</param>
/// <param name="Reason">For the log.</param>
public sealed record BrokerDisconnected(bool ForGood, string Reason) : BrokerEvent((long?)null);

/// <summary>A frame of market data.</summary>
/// <param name="EventId">Identity for acknowledgement.</param>
/// <param name="Epic">Instrument.</param>
/// <param name="TimeFrameSeconds">Length of the frame.</param>
/// <param name="Frame">Prices.</param>
/// <param name="Closed">False while the candle still grows.</param>
/// <param name="Late">True for frames missed while disconnected (live clock): kept as history, never traded on.</param>
/// <param name="BrokerTime">Market time when it was sent.</param>
public sealed record FrameEvent(
    long? EventId, string Epic, int TimeFrameSeconds, Frame Frame, bool Closed, bool Late, DateTimeOffset BrokerTime)
    : BrokerEvent(EventId);

/// <summary>The broker took an order; also follows when the answer to the submit itself was lost.</summary>
public sealed record OrderAcceptedEvent(long? EventId, string DealReference, string DealId) : BrokerEvent(EventId);

/// <summary>The broker refused an order.</summary>
public sealed record OrderRejectedEvent(long? EventId, string DealReference, int ErrorCode, string Message) : BrokerEvent(EventId);

/// <summary>A working order was cancelled.</summary>
public sealed record OrderCancelledEvent(long? EventId, string DealReference, string Message) : BrokerEvent(EventId);

/// <summary>A whole or partial fill, also of orders the broker made itself (stop, limit) or a person made there.</summary>
public sealed record FillEvent(long? EventId, Fill Fill) : BrokerEvent(EventId);

/// <summary>New account figures.</summary>
public sealed record AccountEvent(long? EventId, BrokerAccount Account) : BrokerEvent(EventId);

/// <summary>Market data of one epic is broken (or whole again).</summary>
public sealed record MarketDataEvent(long? EventId, string Epic, bool Restored, string Message) : BrokerEvent(EventId);
