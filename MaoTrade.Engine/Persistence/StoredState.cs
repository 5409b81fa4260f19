using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Persistence;

/// <summary>What a store gives back at start.</summary>
/// <param name="Account">Account figures; null in a new database.</param>
/// <param name="Orders">Orders that are not ended and the latest ended ones.</param>
/// <param name="HoldsAllOrders">Whether there are no others.</param>
/// <param name="Positions">Open positions.</param>
/// <param name="Signals">All signals.</param>
/// <param name="FillIds">Fills already applied.</param>
/// <param name="SystemStates">State of each signal's system, JSON.</param>
/// <param name="Frames">Kept frames of each signal, oldest first.</param>
public sealed record StoredState(
    StoredAccount? Account, IReadOnlyList<Order> Orders, bool HoldsAllOrders, IReadOnlyList<Position> Positions, IReadOnlyList<Signal> Signals,
    IReadOnlyList<string> FillIds, IReadOnlyDictionary<string, string> SystemStates,
    IReadOnlyDictionary<string, IReadOnlyList<Frame>> Frames)
{
    /// <summary>Where signals stand in their market data.</summary>
    public IReadOnlyDictionary<string, FeedMark> Feeds { get; init; } = new Dictionary<string, FeedMark>();

    /// <summary>What all fills ever moved, by epic: the same as the positions; null = the store does not reckon it.</summary>
    public IReadOnlyDictionary<string, decimal>? Moved { get; init; }

    /// <summary>Points of each signal's chart, in the order of frames.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<StoredPoint>> Charts { get; init; } = new Dictionary<string, IReadOnlyList<StoredPoint>>();

    /// <summary>Datastore of each signal.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Datastores { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Everything of one signal's system.</summary>
    public StoredSystem SystemOf(string signalId) => new(
        SystemStates.GetValueOrDefault(signalId),
        Frames.GetValueOrDefault(signalId) ?? [],
        Charts.GetValueOrDefault(signalId) ?? [],
        Datastores.GetValueOrDefault(signalId) ?? StoredSystem.Nothing.Values)
    {
        Mark = Feeds.GetValueOrDefault(signalId),
    };
}
