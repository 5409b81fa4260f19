using MaoTrade.Engine.Brokers.Matching;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>One account; owned by the broker's loop.</summary>
internal sealed class PaperAccount(string id)
{
    public string Id { get; } = id;

    public decimal Cash { get; set; }

    public long NextEvent { get; set; } = 1;

    /// <summary>Numbers orders, and deals the broker makes itself.</summary>
    public long NextDeal { get; set; } = 1;

    public long NextFill { get; set; } = 1;

    public SortedDictionary<string, PaperStream> Streams { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, HeldPosition> Positions { get; } = new(StringComparer.Ordinal);

    /// <summary>Orders that wait for a price, in the order of their arrival.</summary>
    public List<PaperOrder> Working { get; } = [];

    public SortedDictionary<long, PendingEvent> Unacknowledged { get; } = [];

    /// <summary>The connection of the engine; not stored.</summary>
    public PaperSession? Session { get; set; }

    /// <summary>Events that have not left on this connection; not stored.</summary>
    public Queue<PendingEvent> Undelivered { get; } = new();

    /// <summary>Events that left on this connection and are not acknowledged; not stored.</summary>
    public HashSet<long> InFlight { get; } = [];

    /// <summary>An order event that waits for the one after it to overtake it; not stored.</summary>
    public PendingEvent? Held { get; set; }
}
