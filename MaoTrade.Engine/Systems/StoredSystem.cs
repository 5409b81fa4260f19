using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Trading.Feeds;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Systems;

/// <summary>What the store holds of a signal's system.</summary>
/// <param name="Document">Its state (<see cref="SystemStateDocument"/>); null = none was stored.</param>
/// <param name="Frames">Its last closed frames, oldest first.</param>
/// <param name="Points">Points of its chart, in the order of frames.</param>
/// <param name="Values">Its datastore.</param>
public sealed record StoredSystem(
    string? Document, IReadOnlyList<Frame> Frames, IReadOnlyList<StoredPoint> Points, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Where it stands in its market data; null = history was not asked for.</summary>
    public FeedMark? Mark { get; init; }

    /// <summary>Whether its system has seen nothing yet, as far as is known.</summary>
    public bool IsNew => Document is null && Frames.Count == 0;

    /// <summary>Nothing at all.</summary>
    public static StoredSystem Nothing { get; } = new(null, [], [], new Dictionary<string, string>());
}
