namespace MaoApi.Data.History;

/// <summary>An instrument with market history (<c>mtrace_tickers</c>).</summary>
internal sealed class Ticker
{
    public int Id { get; set; }

    /// <summary>Unique.</summary>
    public required string Symbol { get; set; }

    public required string Name { get; set; }

    public string Market { get; set; } = "";

    public string Currency { get; set; } = "";

    /// <summary>Where its bars are, one of <see cref="TickerSources"/>.</summary>
    public required string Source { get; set; }

    /// <summary>The Metastock file; null elsewhere.</summary>
    public string? FilePath { get; set; }

    /// <summary>Bytes of one record of the file.</summary>
    public int? RecordSizeBytes { get; set; }

    public bool IsEnabled { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Modified { get; set; }
}

/// <summary>The words of <c>mtrace_tickers.source</c>.</summary>
internal static class TickerSources
{
    public const string Metastock = "metastock";
    public const string Store = "store";
    public const string Study = "study";
}
