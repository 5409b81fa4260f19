using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Brokers.Paper.Server;

/// <summary>
/// What one step changed and what it has to say. The changes are one transaction; after it the ledger lines are written,
/// then the answers and events leave.
/// </summary>
internal sealed class PaperStep
{
    public HashSet<PaperAccount> Accounts { get; } = [];

    public HashSet<PaperStream> Streams { get; } = [];

    public HashSet<(PaperAccount Account, string Epic)> Positions { get; } = [];

    public Dictionary<(PaperAccount Account, long Number), PaperOrder> Orders { get; } = [];

    public List<PaperFillRow> Fills { get; } = [];

    public List<PendingEvent> Events { get; } = [];

    public List<(PaperAccount Account, long Id)> Acknowledged { get; } = [];

    public List<PaperLedgerLine> Ledger { get; } = [];

    /// <summary>The greeting comes before everything else, so the fault <c>delay</c> spares it.</summary>
    public List<(PaperSession Session, byte[] Frame)> Greetings { get; } = [];

    public List<(PaperSession Session, byte[] Frame)> Answers { get; } = [];

    /// <summary>Accounts whose figures changed.</summary>
    public HashSet<PaperAccount> Figures { get; } = [];

    /// <summary>Accounts that may have events to deliver.</summary>
    public HashSet<PaperAccount> Deliveries { get; } = [];

    public bool ChangesAnything =>
        Accounts.Count + Streams.Count + Positions.Count + Orders.Count + Fills.Count + Events.Count + Acknowledged.Count + Ledger.Count > 0;

    public void Clear()
    {
        Accounts.Clear();
        Streams.Clear();
        Positions.Clear();
        Orders.Clear();
        Fills.Clear();
        Events.Clear();
        Acknowledged.Clear();
        Ledger.Clear();
        Greetings.Clear();
        Answers.Clear();
        Figures.Clear();
        Deliveries.Clear();
    }
}

/// <summary>A fill as it is stored.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Number">Place in the account's history.</param>
/// <param name="Fill">The fill.</param>
/// <param name="VisibleAt">Wall time from which the history shows it.</param>
internal sealed record PaperFillRow(PaperAccount Account, long Number, Fill Fill, DateTimeOffset VisibleAt);
