using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Brokers;

/// <summary>Closed frames of the past, oldest first.</summary>
public sealed record HistoryAnswer(MarketDataResult Result, IReadOnlyList<Frame> Frames);
