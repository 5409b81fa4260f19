using MaoTrade.Engine.Orders;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Trading.Signals;
using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading;

/// <summary>The rows of a <see cref="ChangeSet"/> as they are: null = none of that kind.</summary>
internal readonly record struct ChangedRows(
    Dictionary<string, (Order Order, int StoredSteps)>? Orders, List<Fill>? Fills, Dictionary<string, Position?>? Positions,
    Dictionary<string, Signal?>? Signals, Dictionary<string, SystemSnapshot>? SystemStates,
    List<(string SignalId, Frame Frame, int Keep)>? Frames, List<string>? DroppedFrames);
