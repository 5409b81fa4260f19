using MaoTrade.Market.Frames;

namespace MaoApi.MarketData;

/// <summary>Reads bars of a ticker to work with, as they are stored or rolled up from shorter ones. Thread-safe.</summary>
internal sealed class BarReader(StoredHistory history, RollUp rollUp)
{
    /// <summary>The last bars of a span, ascending, none where there are none of that time frame; null where there is no such ticker.</summary>
    /// <param name="tickerKey">The ticker.</param>
    /// <param name="timeFrameSeconds">Length of a bar.</param>
    /// <param name="from">First start, Unix seconds.</param>
    /// <param name="to">Last start, Unix seconds.</param>
    /// <param name="most">At most so many, the latest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Frame>?> ReadAsync(
        int tickerKey, int timeFrameSeconds, long from, long to, int most, CancellationToken cancellationToken) =>
        await history.FindAsync(tickerKey, cancellationToken) is not { } ticker ? null
        : ticker.For(timeFrameSeconds) is { } series ? await rollUp.LastAsync(tickerKey, series, timeFrameSeconds, from, to, most, cancellationToken)
        : [];
}
