using MaoTrade.Engine.Brokers.Paper.Wire;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>An event that is delivered until it is acknowledged.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Stream">The epic it belongs to; null when the epic does not exist.</param>
/// <param name="Event">What happened.</param>
internal sealed record PendingEvent(PaperAccount Account, long Id, PaperStream? Stream, BrokerEvent Event)
{
    /// <summary>The event as it is on the wire and in the database.</summary>
    public byte[] Frame { get; } = PaperFraming.Encode<PaperMessage>(EventMessage.Of(Event), PaperJson.Default.PaperMessage);

    /// <summary>Whether it tells of an order (else of the market).</summary>
    public bool IsOrderEvent => Event is not (FrameEvent or MarketDataEvent);
}
