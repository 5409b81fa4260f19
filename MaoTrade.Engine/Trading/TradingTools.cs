using MaoTrade.Engine.Brokers;
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
    /// <summary>Frames that stay away.</summary>
    public FeedWatch Feeds { get; } = new(Watch.Clock);

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

    /// <summary>Surveys in a row that showed other positions than ours.</summary>
    public int DifferingSurveys { get; set; }
}
