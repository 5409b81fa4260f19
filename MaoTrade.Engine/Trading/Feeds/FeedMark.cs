using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Trading.Feeds;

/// <summary>
/// Where a signal stands in its market data, stored in the commit of the frame that moved it there. That there is one says
/// that the broker's history was asked for.
/// </summary>
/// <param name="Until">End of the last frame taken from the broker, Unix seconds; <see cref="long.MinValue"/> = none yet.</param>
/// <param name="Candle">The candle that grows from the broker's shorter frames; null between two.</param>
/// <param name="WholeFrom">Candles that begin before it may lack frames, Unix seconds.</param>
public sealed record FeedMark(long Until, Frame? Candle, long WholeFrom = long.MinValue);
