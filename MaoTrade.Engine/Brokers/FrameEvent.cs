using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers;

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
