using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Market.Frames;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Studies.Sources;

/// <summary>Goes through the bars of one ticker, a block in memory at a time. Not thread-safe.</summary>
internal sealed class BlockCursor(MaoDataContext history, int tickerKey, int timeFrameSeconds, long from)
{
    private long? _block;
    private Frame[] _bars = [];
    private int _at = -1;

    /// <summary>The bar it stands on; only after <see cref="NextAsync"/> said that there is one.</summary>
    public Frame Bar => _bars[_at];

    /// <summary>Blocks read by now.</summary>
    public int Blocks { get; private set; }

    /// <summary>Whether the next bar lies in memory already, so that no reading is needed.</summary>
    public bool TryNext() => ++_at < _bars.Length;

    /// <summary>Goes to the next bar; false at the end.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (!TryNext())
        {
            if (!await ReadAsync(cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var series = history.BarBlocks.AsNoTracking().Where(row => row.TickerKey == tickerKey && row.TimeFrameSeconds == timeFrameSeconds);
        var rest = _block is { } read ? series.Where(row => row.Block > read) : series.Where(row => row.EndFrame >= from);
        if (await rest.OrderBy(row => row.Block).FirstOrDefaultAsync(cancellationToken) is not { } block)
        {
            return false;
        }

        var bars = BarBlockFormat.Decode(block.Bars);
        var begin = Array.FindIndex(bars, bar => bar.UnixSeconds >= from);
        (_block, _bars, _at) = (block.Block, begin < 0 ? [] : bars, Math.Max(begin, 0) - 1);
        Blocks++;
        return true;
    }
}
