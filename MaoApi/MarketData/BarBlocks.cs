using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace MaoApi.MarketData;

/// <summary>
/// Reads blocks of bars. What is read is kept, as the text answers are made of, up to a number of bytes. Nothing that is kept is ever wrong,
/// whichever process writes: it is found by the version its series had when the question came. Thread-safe.
/// </summary>
internal sealed class BarBlocks(IDbContextFactory<MaoDataContext> histories, HistoryOptions options) : IDisposable
{
    /// <summary>Asks for the spans as they are now.</summary>
    public const long NoVersion = -1;

    /// <summary>About what a span and its place in the cache take.</summary>
    private const int SpanSizeBytes = 100;

    private readonly Func<MaoDataContext, int, int, IAsyncEnumerable<BlockSpan>> _spans = EF.CompileAsyncQuery(
        (MaoDataContext history, int tickerKey, int timeFrame) => history.BarBlocks.AsNoTracking()
            .Where(block => block.TickerKey == tickerKey && block.TimeFrameSeconds == timeFrame)
            .OrderBy(block => block.Block)
            .Select(block => new BlockSpan(block.Block, block.StartFrame, block.EndFrame, block.Count, block.Revision)));

    private readonly Func<MaoDataContext, int, int, long, Task<Content?>> _contents = EF.CompileAsyncQuery(
        (MaoDataContext history, int tickerKey, int timeFrame, long number) => history.BarBlocks.AsNoTracking()
            .Where(block => block.TickerKey == tickerKey && block.TimeFrameSeconds == timeFrame && block.Block == number)
            .Select(block => new Content(block.Revision, block.Bars)).FirstOrDefault());

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = options.CacheBytes });

    /// <summary>The blocks of a series as it is in a version, in the order of time.</summary>
    public async ValueTask<IReadOnlyList<BlockSpan>> SpansAsync(SeriesKey key, long version, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue((key, version), out IReadOnlyList<BlockSpan>? kept))
        {
            return kept!;
        }

        var spans = new List<BlockSpan>();
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        await foreach (var span in _spans(history, key.TickerKey, key.TimeFrameSeconds).WithCancellation(cancellationToken))
        {
            spans.Add(span);
        }

        // Read a moment later than the version: a writer may have been between the two, and its blocks are not those of that version.
        if (spans.TrueForAll(span => span.Revision <= version))
        {
            _kept.Set((key, version), spans, Sized(SpanSizeBytes * (spans.Count + 1)));
        }

        return spans;
    }

    /// <summary>The bars of a block, in the order of time; none where it is gone.</summary>
    public async Task<Frame[]> ReadAsync(SeriesKey key, BlockSpan span, CancellationToken cancellationToken)
    {
        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        return await _contents(history, key.TickerKey, key.TimeFrameSeconds, span.Number) is { } content ? BarBlockFormat.Decode(content.Bars) : [];
    }

    /// <summary>The bars of a block as text; null where others were written since its span was read.</summary>
    public async ValueTask<BarText?> TextAsync(SeriesKey key, BlockSpan span, BarShape shape, CancellationToken cancellationToken)
    {
        var name = (key, span.Number, span.Revision, shape);
        if (_kept.TryGetValue(name, out BarText? kept))
        {
            return kept;
        }

        await using var history = await histories.CreateDbContextAsync(cancellationToken);
        if (await _contents(history, key.TickerKey, key.TimeFrameSeconds, span.Number) is not { } content || content.Revision != span.Revision)
        {
            return null;
        }

        var text = BarText.Of(BarBlockFormat.Decode(content.Bars), shape);
        _kept.Set(name, text, Sized(text.SizeBytes));
        return text;
    }

    public void Dispose() => _kept.Dispose();

    private static MemoryCacheEntryOptions Sized(long bytes) => new() { Size = bytes };

    private sealed record Content(long Revision, byte[] Bars);
}
