namespace MaoApi.Data.Entities;

/// <summary>How an account did on one day, as its engine told (<c>mao_summaries</c>).</summary>
internal sealed class DailySummary
{
    public int AccountKey { get; set; }

    public DateOnly Date { get; set; }

    public decimal StartEquity { get; set; }

    public decimal EndEquity { get; set; }

    public required string Currency { get; set; }

    /// <summary>A JSON object.</summary>
    public required string Figures { get; set; }

    public DateTimeOffset Received { get; set; }
}
