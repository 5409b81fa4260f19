using MaoTrade.Engine.Brokers;
using MaoTrade.Engine.Gateway;
using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Sessions;

namespace MaoTrade.Engine.Trading;

/// <summary>What decisions work with beside the state; lives as long as a session and is owned by the trade loop.</summary>
/// <param name="Catalog">The known systems.</param>
/// <param name="Titles">The running systems.</param>
/// <param name="Watch">Deadlines of orders.</param>
/// <param name="References">Source of ids.</param>
/// <param name="Rules">What the configuration says.</param>
public sealed record TradingTools(
    SystemCatalog Catalog, TitleTable Titles, OrderWatch Watch, DealReferences References, TradingRules Rules)
{
    /// <summary>The known systems; another one when plug-ins change.</summary>
    public SystemCatalog Catalog { get; set; } = Catalog;

    /// <summary>Whether running systems wait for another version of themselves.</summary>
    public bool HasOutdatedTitles { get; set; }

    /// <summary>Watches the calls into systems.</summary>
    public CallWatch Calls { get; init; } = new(TimeProvider.System, CallWatch.DefaultDeadline);

    /// <summary>Lines of lower levels are read by nobody.</summary>
    public LogLevel LeastLogged { get; init; } = LogLevel.Trace;

    /// <summary>Whether the store keeps the points of systems' charts.</summary>
    public bool StoresCharts { get; init; } = true;

    /// <summary>Whether there is a gateway to be told what happens; without one nothing is kept for it.</summary>
    public bool TellsGateway { get; init; }

    /// <summary>Bars the gateway has and whose rows are still there.</summary>
    public List<TakenBars> TakenBars { get; } = [];

    /// <summary>What restoring the systems changed and has to say: committed before anything is decided.</summary>
    public Turn? Restoration { get; set; }

    /// <summary>Frames that stay away.</summary>
    public FeedWatch Feeds { get; } = new(Watch.Clock);

    /// <summary>How long the broker has been away.</summary>
    public BrokerAbsence Absence { get; } = new(Watch.Clock);

    /// <summary>Trading days of the account.</summary>
    public TradingCalendar Calendar { get; } = new(Rules.Zone);

    /// <summary>What was wrong with market data.</summary>
    public FeedCounts Counts { get; } = new(Watch.Clock);

    /// <summary>Last price by epic.</summary>
    public Dictionary<string, decimal> Prices { get; } = [];

    /// <summary>Frames that came before the session was reconciled.</summary>
    public Queue<FrameEvent> Deferred { get; } = new();

    /// <summary>Orders that an earlier process left in flight: nobody waits for their answer.</summary>
    public HashSet<string> Orphans { get; } = [];

    /// <summary>Differences the last surveys showed, by what differs: the same one seen often enough is believed.</summary>
    public Dictionary<string, (string Difference, int Looks)> Differences { get; } = [];

    /// <summary>Accepted orders the broker no longer knows: an operator may resolve them.</summary>
    public HashSet<string> Missing { get; } = [];

    /// <summary>How often each limit refused an order since the session began.</summary>
    public Dictionary<string, long> Refusals { get; } = [];

    /// <summary>Fills that came after their order had ended otherwise, since the session began.</summary>
    public long LateFills { get; set; }

    /// <summary>Whether the kill switch is being enforced within the present decision.</summary>
    public bool IsEnforcing { get; set; }
}
