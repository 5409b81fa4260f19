namespace MaoApi.Data.Entities;

/// <summary>A ticker on a user's watch list (<c>mtrace_users_tickers</c>).</summary>
internal sealed class WatchedTicker
{
    public int Id { get; set; }

    public int UserKey { get; set; }

    /// <summary>Key of the ticker in <c>maodata</c>.</summary>
    public int TickerKey { get; set; }

    public bool IsEnabled { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Modified { get; set; }
}
