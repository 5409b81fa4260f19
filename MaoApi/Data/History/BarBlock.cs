namespace MaoApi.Data.History;

/// <summary>Bars of one ticker and time frame that lie together (<c>mao_bars</c>); what is inside: <see cref="BarBlockFormat"/>.</summary>
internal sealed class BarBlock
{
    public int TickerKey { get; set; }

    public int TimeFrameSeconds { get; set; }

    /// <summary>Number of the stretch of time, see <see cref="BarBlockFormat.BlockOf"/>.</summary>
    public long Block { get; set; }

    /// <summary>Unix seconds of the first bar inside.</summary>
    public long StartFrame { get; set; }

    /// <summary>Unix seconds of the last bar inside.</summary>
    public long EndFrame { get; set; }

    public int Count { get; set; }

    /// <summary>The index's version (<see cref="HistoryIndex.Version"/>) this was written with: the same number, the same bars.</summary>
    public long Revision { get; set; }

    public required byte[] Bars { get; set; }
}
