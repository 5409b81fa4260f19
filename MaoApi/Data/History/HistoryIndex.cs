using MaoApi.Data.Entities;

namespace MaoApi.Data.History;

/// <summary>Which bars of a ticker there are in one time frame (<c>hst_index</c>).</summary>
internal sealed class HistoryIndex : IVersioned
{
    public int Id { get; set; }

    public int TickerKey { get; set; }

    public int TimeFrameSeconds { get; set; }

    /// <summary>Unix seconds of the first bar.</summary>
    public long StartFrame { get; set; }

    /// <summary>Unix seconds of the last bar.</summary>
    public long EndFrame { get; set; }

    public bool IsEnabled { get; set; }

    /// <summary>The ticker's own table in an older installation, read by imports only.</summary>
    public string? TableName { get; set; }

    /// <summary>Grows with every change of the bars; who writes raises it first and so keeps other writers of the same bars out.</summary>
    public long Version { get; set; }

    public Ticker? Ticker { get; set; }
}
